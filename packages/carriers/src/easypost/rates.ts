import { addBusinessDays, type CalendarDate, type ServiceRefusalCode, serviceRefusals } from '@ge/domain';
import type { z } from 'zod';
import type { CarrierProfile } from '../port/carrier.ts';
import type { WireOffer } from '../port/dialect.ts';
import type { RefusedOffer } from '../port/offer.ts';
import type { QuoteRequest } from '../port/shipment.ts';
import { offerTokenFor } from './offerToken.ts';
import type { EasypostRate, quotedShipment } from './wire.ts';

const DAY_MS = 86_400_000;

export interface QuoteTerms {
  readonly request: QuoteRequest;
  readonly profile: CarrierProfile;
  /** Of what EasyPost was told. */
  readonly hash: string;
  readonly dutyPaidServices: readonly string[];
}

/** The rates of a shipment as offers. Carriers behind EasyPost that gave none are named, without their own words. */
export function quoteOf(
  { id, rates, messages }: z.output<typeof quotedShipment>,
  terms: QuoteTerms,
): { readonly offers: readonly WireOffer[]; readonly refused: readonly RefusedOffer[] } {
  const { request, profile } = terms;
  const offers: WireOffer[] = [];
  const refused: RefusedOffer[] = [];
  const refuse = (carrier: string, service: string, code: ServiceRefusalCode): void => {
    const names = { carrierId: profile.id, carrierName: carrierNamed(carrier), serviceName: service };
    const serviceId = service === carrier ? carrier : `${carrier}/${service}`;
    refused.push({ ...names, serviceId, code, message: serviceRefusals.texts[code].en });
  };
  for (const rate of rates) {
    const days = deliveryDays(rate, request.shipDate as CalendarDate);
    // Nothing said of the parcel tells the carriers of dangerous goods, so none of them has agreed to carry any.
    if (request.hasDangerousGoods) refuse(rate.carrier, rate.service, 'DANGEROUS_GOODS_NOT_ACCEPTED');
    else if (!days) refuse(rate.carrier, rate.service, 'UNKNOWN');
    else offers.push(offerOf(id, rate, days, terms));
  }
  const answered = new Set(rates.map(({ carrier }) => carrier));
  for (const carrier of new Set((messages ?? []).map((message) => message.carrier))) {
    if (!answered.has(carrier)) refuse(carrier, carrier, 'UNKNOWN');
  }
  return { offers, refused };
}

const carrierNamed = (carrier: string): string => `${carrier} (EasyPost)`;

function offerOf(
  shipmentId: string,
  rate: EasypostRate,
  days: Pick<WireOffer, 'earliestDelivery' | 'latestDelivery'>,
  { request, profile, hash, dutyPaidServices }: QuoteTerms,
): WireOffer {
  const { lengthMm, widthMm, heightMm, weightGrams } = request.parcel;
  const serviceId = `${rate.carrier}/${rate.service}`;
  return {
    carrierId: profile.id,
    carrierName: carrierNamed(rate.carrier),
    serviceId,
    serviceName: rate.service,
    rate: rate.price,
    shipDate: request.shipDate,
    ...days,
    // Asked for with the quote and not to be changed afterwards.
    labelFormats: profile.labelFormats.filter((format) => format === request.labelFormat),
    // EasyPost tells no limits; that it has a rate says that this parcel is within them.
    maxWeightGrams: weightGrams,
    maxSideMm: Math.max(lengthMm, widthMm, heightMm),
    validUntil: new Date(rate.created_at.getTime() + DAY_MS),
    offerToken: offerTokenFor({ shipmentId, rateId: rate.id, hash }),
    // It is one that the installation vouches for, or it is refused by what follows.
    isTracked: true,
    clearsDutyPaid: dutyPaidServices.includes(rate.carrier) || dutyPaidServices.includes(serviceId),
  };
}

/**
 * The days between which a parcel arrives. EasyPost gives a number of days and not whether they are working days: it counts
 * with all days at the earliest, with working days at the latest. undefined where it gives nothing.
 */
function deliveryDays(
  rate: EasypostRate,
  shipDate: CalendarDate,
): Pick<WireOffer, 'earliestDelivery' | 'latestDelivery'> | undefined {
  const count = rate.delivery_days ?? rate.est_delivery_days;
  const day = rate.delivery_date?.toISOString().slice(0, 10);
  if (typeof count !== 'number') return day ? { earliestDelivery: day, latestDelivery: day } : undefined;
  const earliest = new Date(Date.parse(`${shipDate}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
  const latest = addBusinessDays(shipDate, count);
  return { earliestDelivery: earliest, latestDelivery: day && day > latest ? day : latest };
}
