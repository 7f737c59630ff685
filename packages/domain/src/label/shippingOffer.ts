import type { Money } from '../money/money.ts';
import { type Currency, isMoney } from '../money/money.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { LabelFormat } from './labelPurchase.ts';
import { labelRefusals } from './labelRefusals.ts';

/** One priced service for one parcel, after the carrier's own screening (reach, weight, size, duty-paid clearance). */
export interface ShippingOffer {
  readonly offerToken: string;
  readonly carrierId: string;
  readonly serviceId: string;
  readonly rate: Money;
  readonly benefits: { readonly included: readonly string[] };
  readonly labelFormats: readonly LabelFormat[];
  /** Day as `2026-11-22`. */
  readonly latestDelivery: string;
  readonly validUntil: Date;
}

export interface RefusedShippingOffer<Offer extends ShippingOffer = ShippingOffer> {
  readonly offer: Offer;
  readonly refusals: readonly Refusal[];
}

export interface OfferJudgement<Offer extends ShippingOffer = ShippingOffer> {
  /** Cheapest first; at the same price the earlier delivery, then the service's name. */
  readonly eligible: readonly Offer[];
  readonly refused: readonly RefusedShippingOffer<Offer>[];
}

/** Labels are priced and paid in the currency of the shipping country. */
export const LABEL_CURRENCY: Currency = 'USD';

/** Whether the service carries the claims protection of R22. */
export const isProtectedOffer = (offer: Pick<ShippingOffer, 'benefits'>): boolean =>
  offer.benefits.included.includes('CLAIMS_PROTECTED');

/** Every reason why an offer cannot be bought with a label of this format, now or, with null, whenever that may be; none = it can. */
export function refusalsOfOffer(
  offer: ShippingOffer,
  format: LabelFormat,
  now: Date | null,
  field = '/offer',
): readonly Refusal[] {
  const { serviceId, rate, labelFormats } = offer;
  const refusals: Refusal[] = [];
  if (now && offer.validUntil.getTime() <= now.getTime()) {
    refusals.push(labelRefusals.refusal('label.offer_expired', field, { serviceId }));
  }
  if (!labelFormats.includes(format)) {
    const params = { serviceId, format, formats: labelFormats.join(', ') };
    refusals.push(labelRefusals.refusal('label.format_unavailable', field, params));
  }
  if (rate.currency !== LABEL_CURRENCY || !isMoney(rate) || rate.minor <= 0) {
    refusals.push(labelRefusals.refusal('label.rate_invalid', field, { serviceId, currency: LABEL_CURRENCY }));
  }
  return refusals;
}

const order = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

const byRate = (a: ShippingOffer, b: ShippingOffer): number =>
  a.rate.minor - b.rate.minor || order(a.latestDelivery, b.latestDelivery) || order(a.serviceId, b.serviceId);

/** Parts the carriers' offers into those that can be bought and those that cannot, with every reason. */
export function eligibleOffers<Offer extends ShippingOffer>(
  offers: readonly Offer[],
  format: LabelFormat,
  now: Date,
): OfferJudgement<Offer> {
  const judged = offers.map((offer, i) => ({ offer, refusals: refusalsOfOffer(offer, format, now, `/offers/${i}`) }));
  return {
    eligible: judged
      .filter(({ refusals }) => refusals.length === 0)
      .map(({ offer }) => offer)
      .sort(byRate),
    refused: judged.filter(({ refusals }) => refusals.length > 0),
  };
}
