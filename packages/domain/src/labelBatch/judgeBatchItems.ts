import type { OrderId, SellerId } from '../identity/ids.ts';
import { declareShipment } from '../label/declareShipment.ts';
import type { LabelFormat, PackedLabel } from '../label/labelPurchase.ts';
import { rivalRefusals } from '../label/labelRequest.ts';
import { noSuchOffer, type OfferPreference } from '../label/offerChoice.ts';
import type { Parcel } from '../label/parcel.ts';
import type { PriceTolerance } from '../label/priceTolerance.ts';
import { planShipment, type ShipmentBooks } from '../label/shipmentPlan.ts';
import { refusalsOfOffer, type ShippingOffer } from '../label/shippingOffer.ts';
import type { Order } from '../order/order.ts';
import { orderRefusals } from '../order/orderRefusals.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { writtenParam } from '../refusal/writtenParam.ts';
import type { CalendarDate } from '../time/calendarDate.ts';
import type { LabelBatchItem } from './labelBatch.ts';
import { labelBatchRefusals } from './labelBatchRefusals.ts';

/** An item as its seller states it: the parcel of a named offer is that of its quote. */
export type BatchItemWish = { readonly orderId: OrderId; readonly itn: string | null } & (
  | { readonly offerToken: string }
  | { readonly parcelNo: number; readonly parcel: Parcel; readonly choose: OfferPreference }
);

/** An offer that was made and kept, and what it was made for. */
export interface KeptOffer {
  readonly orderId: OrderId;
  readonly parcelNo: number;
  readonly parcel: Parcel;
  /** The day of hand-over it was made for. */
  readonly shipDate: CalendarDate;
  readonly offer: ShippingOffer;
}

/** What items are judged by: the seller's own orders that they name, with their labels, and the offers they name. */
export interface BatchBooks extends ShipmentBooks {
  readonly orders: ReadonlyMap<OrderId, Order>;
  readonly labels: ReadonlyMap<OrderId, readonly PackedLabel[]>;
  readonly offers: ReadonlyMap<string, KeptOffer>;
}

export interface BatchTerms {
  readonly sellerId: SellerId;
  readonly format: LabelFormat;
  readonly priceTolerance: PriceTolerance | null;
}

export type JudgedItem = Omit<LabelBatchItem, 'batchId'>;

/**
 * Judges every item of a batch by the rules of a single request, before anything is bought; in their order, so that the parcels
 * of one order share what there is to pack. A parcel that an earlier item gets a label for is refused.
 */
export function judgeBatchItems(
  wishes: readonly BatchItemWish[],
  terms: BatchTerms,
  books: BatchBooks,
  now: Date,
): readonly JudgedItem[] {
  const firstOf = new Map<string, number>();
  const packed = new Map<OrderId, PackedLabel[]>();
  return wishes.map((wish, itemNo) => {
    const { orderId, itn } = wish;
    const kept = 'offerToken' in wish ? (books.offers.get(wish.offerToken) ?? null) : null;
    const { parcelNo = null, parcel = null } = 'offerToken' in wish ? (kept?.orderId === orderId ? kept : {}) : wish;
    const choice =
      'offerToken' in wish ? { offerToken: wish.offerToken, choose: null } : { offerToken: null, choose: wish.choose };
    const item = { itemNo, orderId, parcelNo, parcel, itn, ...choice, labelId: null, ...neverAsked };
    const order = books.orders.get(orderId);
    if (order?.sellerId !== terms.sellerId) {
      const refusal = orderRefusals.refusal('order.unknown', '/orderId', { orderId: writtenParam(orderId, 40) });
      return { ...item, state: 'refused', refusals: [refusal] };
    }
    if (parcelNo === null || parcel === null)
      return { ...item, state: 'refused', refusals: [noSuchOffer('/offerToken')] };
    const first = firstOf.get(`${orderId} ${parcelNo}`);
    if (first !== undefined) {
      const refusal = labelBatchRefusals.refusal('label_batch.item_repeated', '', { itemNo: first });
      return { ...item, state: 'refused', refusals: [refusal] };
    }
    const beside = packed.get(orderId) ?? [...(books.labels.get(orderId) ?? [])];
    const refusals = refusalsOfItem({ order, labels: beside, parcelNo, parcel, itn, kept }, terms, books, now);
    if (refusals.length > 0) return { ...item, state: 'refused', refusals };
    const label = {
      id: `item_${itemNo}` as PackedLabel['id'],
      state: 'requested',
      parcelNo,
      parcel,
      offerToken: kept?.offer.offerToken ?? '',
      createdAt: now,
    } as const;
    packed.set(orderId, [...beside, label]);
    firstOf.set(`${orderId} ${parcelNo}`, itemNo);
    return { ...item, state: 'waiting', refusals };
  });
}

const neverAsked = { offerlessSince: null, askAgainAt: null, awaitedCarriers: [], asideAt: null };

interface ItemToJudge {
  readonly order: Order;
  readonly labels: readonly PackedLabel[];
  readonly parcelNo: number;
  readonly parcel: Parcel;
  readonly itn: string | null;
  readonly kept: KeptOffer | null;
}

function refusalsOfItem(
  { order, labels, parcelNo, parcel, itn, kept }: ItemToJudge,
  { format, priceTolerance }: BatchTerms,
  books: BatchBooks,
  now: Date,
): readonly Refusal[] {
  const unfit = kept ? refusalsOfOffer(kept.offer, format, priceTolerance ? null : now, '/offerToken') : [];
  const besides = [...rivalRefusals(labels, parcelNo), ...unfit];
  const plan = planShipment({ order, labels, parcelNo, parcel }, books, now);
  if (!plan.ok) return [...plan.refusals, ...besides];
  const declared = declareShipment({ ...plan.value.facts, itn }, now);
  return declared.ok ? besides : [...declared.refusals, ...besides];
}
