import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Measures, ShipmentOrder } from './shipment.ts';

const terms = z.strictObject({
  carrier: z.enum(['express', 'parcel']),
  service: z.string(),
  to: z.string(),
  parcel: z.strictObject({
    weightGrams: z.number(),
    lengthMm: z.number(),
    widthMm: z.number(),
    heightMm: z.number(),
  }),
  shipDate: z.string(),
  minor: z.number().int(),
  /** Milliseconds since 1970. */
  until: z.number().int(),
});

/** What was offered, for what, until when. Currency is always USD. */
export type OfferTerms = z.infer<typeof terms>;

const mac = (payload: string, secret: string): Buffer => createHmac('sha256', secret).update(payload).digest();

/** The terms, readable by nobody's leave but changeable by nobody else. */
export function sealOffer(offer: OfferTerms, secret: string): string {
  const payload = Buffer.from(JSON.stringify(offer)).toString('base64url');
  return `${payload}.${mac(payload, secret).toString('base64url')}`;
}

/** undefined for a token this carrier did not write. */
export function openOffer(token: string, secret: string): OfferTerms | undefined {
  const [payload, signature, ...rest] = token.split('.');
  if (!payload || !signature || rest.length > 0) return undefined;
  const given = Buffer.from(signature, 'base64url');
  const right = mac(payload, secret);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  return terms.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).data;
}

const sameMeasures = (a: Measures, b: Measures): boolean =>
  a.weightGrams === b.weightGrams && a.lengthMm === b.lengthMm && a.widthMm === b.widthMm && a.heightMm === b.heightMm;

/** Whether the order is what the offer was made for. */
export const offerFits = (offer: OfferTerms, carrier: string, order: ShipmentOrder): boolean =>
  offer.carrier === carrier &&
  offer.service === order.serviceCode &&
  offer.to === order.to.country &&
  offer.shipDate === order.shipDate &&
  sameMeasures(offer.parcel, order.parcel);
