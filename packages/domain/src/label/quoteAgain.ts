import type { Address } from '../address/address.ts';
import { sumMoney, timesMoney } from '../money/moneyArithmetic.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { Sku } from '../sku/sku.ts';
import type { CalendarDate } from '../time/calendarDate.ts';
import type { ShipmentDeclaration } from './declareShipment.ts';
import { become, requireHolder } from './labelFence.ts';
import type { LabelPurchase } from './labelPurchase.ts';
import { labelRefusals } from './labelRefusals.ts';
import { exactPrice, isTolerated } from './priceTolerance.ts';
import { type LabelEnquiry, orderReference } from './shipmentPlan.ts';
import { isProtectedOffer, LABEL_CURRENCY, refusalsOfOffer, type ShippingOffer } from './shippingOffer.ts';

/** What the carrier said when it was asked for the label's service again. */
export type SecondQuote =
  | { readonly kind: 'offers'; readonly offers: readonly ShippingOffer[]; readonly shipDate: CalendarDate }
  /** Nobody answered as they should: to be asked again. */
  | { readonly kind: 'unavailable' };

/**
 * Whether a label has to be quoted again before it can be bought: its offer has ended, or will before `at`. Only while nothing
 * was sent for it: what was once sent goes out again with the same body, whatever the carrier says to it.
 */
export const needsNewQuote = (label: Pick<LabelPurchase, 'requestHash' | 'quotedUntil'>, at: Date): boolean =>
  label.requestHash === null && label.quotedUntil !== null && label.quotedUntil.getTime() <= at.getTime();

/** What the carrier is asked: about the same parcel and goods, for a hand-over on `shipDate`. */
export const enquiryAgain = (
  label: Pick<LabelPurchase, 'parcel' | 'orderId' | 'parcelNo' | 'format'> & {
    readonly declaration: ShipmentDeclaration;
  },
  between: { readonly shipFrom: Address; readonly shipTo: Address },
  goods: ReadonlyMap<string, Pick<Sku, 'exportData'>>,
  shipDate: CalendarDate,
): LabelEnquiry => {
  const { parcel, declaration } = label;
  const { contents: _, ...measures } = parcel;
  return {
    ...between,
    parcel: measures,
    declaredValue: sumMoney(
      declaration.lines.map(({ unitValue, quantity }) => timesMoney(unitValue, quantity)),
      LABEL_CURRENCY,
    ),
    shipDate,
    hasDangerousGoods: [...goods.values()].some(({ exportData }) => Boolean(exportData?.dangerousGoods)),
    lines: declaration.lines,
    labelFormat: label.format,
    exportFiling: declaration.exportFiling,
    orderReference: orderReference(label),
  };
};

/** A label before and after; what its declaration says of the day of hand-over follows its offer. */
export type QuotedLabel = LabelPurchase & { readonly declaration: ShipmentDeclaration };

/**
 * Takes the new offer of the same service where its price is one the seller tolerates, or ends the label with both prices. The
 * tolerance is always reckoned from the price that was agreed first, so that it cannot creep. A protected service is never
 * replaced by an unprotected one (R22). Refused (`label.fence_stale`, `label.wrong_state`) for whoever holds it no longer.
 */
export function settleSecondQuote(
  label: QuotedLabel,
  fence: number,
  quote: SecondQuote,
  now: Date,
): Decision<QuotedLabel> {
  const holder = requireHolder(label, fence, 'claimed', 'requested');
  if (!holder.ok) return holder;
  if (label.requestHash !== null) {
    return refuse(labelRefusals.refusal('label.wrong_state', '', { state: label.state, next: 'requested' }));
  }
  const change = (state: 'requested' | 'refused', to: Partial<LabelPurchase>): Decision<QuotedLabel> =>
    accept({ ...become(label, state, { ...to, leaseUntil: null }), declaration: label.declaration });
  if (quote.kind === 'unavailable') return change('requested', {});

  const offer = quote.offers.find(
    (candidate) => candidate.carrierId === label.carrierId && candidate.serviceId === label.serviceId,
  );
  if (!offer || refusalsOfOffer(offer, label.format, now).length > 0) {
    return change('refused', { reason: 'service_not_offered', endedAt: now });
  }
  const requoted = offer.rate;
  if (label.isProtected && !isProtectedOffer(offer)) {
    return change('refused', { reason: 'protection_not_offered', requoted, endedAt: now });
  }
  if (!isTolerated(label.quoted, requoted, label.priceTolerance ?? exactPrice)) {
    return change('refused', { reason: 'price_not_tolerated', requoted, endedAt: now });
  }
  const { offerToken, validUntil: quotedUntil } = offer;
  const taken = become(label, 'requested', { offerToken, quotedUntil, requoted, leaseUntil: null });
  return accept({ ...taken, declaration: { ...label.declaration, shipDate: quote.shipDate } });
}
