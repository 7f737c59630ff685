import type { CountryCode, OrderId } from '../identity/ids.ts';
import type { Currency, Money } from '../money/money.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { LabelFormat } from './labelPurchase.ts';
import { type LabelRefusalCode, labelRefusals } from './labelRefusals.ts';
import type { Parcel } from './parcel.ts';

/** One priced service for one parcel, as a carrier answered it. */
export interface ShippingOffer {
  readonly token: string;
  readonly orderId: OrderId;
  readonly parcelNo: number;
  readonly carrierId: string;
  readonly serviceId: string;
  readonly price: Money;
  /** Duties and taxes are paid by the sender's side (DDP); the programme ships no other way. */
  readonly dutyPaid: boolean;
  /** Claims protection (R22): the service has the badge and is not flagged for late-delivery risk. */
  readonly isProtected: boolean;
  /** Destinations of the service; null = whatever the carrier quoted. */
  readonly destinations: readonly CountryCode[] | null;
  readonly maxWeightGrams: number;
  readonly maxSideMm: number;
  readonly formats: readonly LabelFormat[];
  readonly deliverBy: Date;
  readonly expiresAt: Date;
}

/** What the offer is wanted for. */
export interface OfferWish {
  readonly orderId: OrderId;
  readonly parcelNo: number;
  readonly parcel: Parcel;
  readonly destination: CountryCode;
  readonly format: LabelFormat;
}

export interface RefusedOffer {
  readonly offer: ShippingOffer;
  readonly refusals: readonly Refusal[];
}

export interface OfferJudgement {
  /** Cheapest first; at the same price the earlier delivery, then the service's name. */
  readonly eligible: readonly ShippingOffer[];
  readonly refused: readonly RefusedOffer[];
}

/** Labels are priced and paid in the currency of the shipping country. */
export const LABEL_CURRENCY: Currency = 'USD';

/** Every reason why an offer cannot be bought for this wish at this moment; none = it can. */
export function offerRefusals(
  offer: ShippingOffer,
  wish: OfferWish,
  now: Date,
  field = '/offerToken',
): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const { serviceId } = offer;
  const { parcel } = wish;
  const no = (code: LabelRefusalCode, params: Refusal['params'] = {}) => {
    refusals.push(labelRefusals.refusal(code, field, params));
  };
  if (offer.orderId !== wish.orderId || offer.parcelNo !== wish.parcelNo) no('offer_other_order');
  if (offer.expiresAt.getTime() <= now.getTime()) no('offer_expired');
  if (!offer.dutyPaid) no('offer_not_duty_paid', { serviceId });
  if (offer.destinations && !offer.destinations.includes(wish.destination)) {
    no('offer_no_coverage', { serviceId, destination: wish.destination });
  }
  if (parcel.weightGrams > offer.maxWeightGrams) no('offer_too_heavy', { serviceId, max: offer.maxWeightGrams });
  if (Math.max(parcel.lengthMm, parcel.widthMm, parcel.heightMm) > offer.maxSideMm) {
    no('offer_too_long', { serviceId, max: offer.maxSideMm });
  }
  if (!offer.formats.includes(wish.format)) {
    no('offer_format_unavailable', { serviceId, format: wish.format, formats: offer.formats.join(', ') });
  }
  const { minor, currency } = offer.price;
  if (currency !== LABEL_CURRENCY || !Number.isSafeInteger(minor) || minor <= 0) {
    no('offer_price_invalid', { serviceId, currency: LABEL_CURRENCY });
  }
  return refusals;
}

const byPrice = (a: ShippingOffer, b: ShippingOffer): number =>
  a.price.minor - b.price.minor ||
  a.deliverBy.getTime() - b.deliverBy.getTime() ||
  (a.serviceId < b.serviceId ? -1 : a.serviceId > b.serviceId ? 1 : 0);

/** Parts the carriers' offers into those that can be bought and those that cannot, with every reason. */
export function eligibleOffers(offers: readonly ShippingOffer[], wish: OfferWish, now: Date): OfferJudgement {
  const judged = offers.map((offer, i) => ({ offer, refusals: offerRefusals(offer, wish, now, `/offers/${i}`) }));
  return {
    eligible: judged
      .filter(({ refusals }) => refusals.length === 0)
      .map(({ offer }) => offer)
      .sort(byPrice),
    refused: judged.filter(({ refusals }) => refusals.length > 0),
  };
}
