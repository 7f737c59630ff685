import { isDeepStrictEqual } from 'node:util';
import { type CarrierAnswers, judgeAnswers, purchaseKey } from '@ge/carriers';
import {
  databaseTime,
  keptOffers,
  LabelBatchEntity,
  LabelBatchItemEntity,
  type LabelBatchItemRow,
  type LabelBatchRow,
  LabelPurchaseEntity,
  type LabelRow,
  newId,
  OrderEntity,
  type OrderRow,
  packedLabelsOf,
  readShipmentBooks,
  standingsByCarrier,
  type Transaction,
  unsentOfBatches,
} from '@ge/database';
import {
  accept,
  type CalendarDate,
  chooseOffer,
  type Decision,
  type ItemAwaits,
  type ItemOffer,
  isComingBack,
  type KeptOffer,
  type KnownStandings,
  type LabelBatchId,
  type LabelId,
  noSuchOffer,
  type OrderId,
  oncePerCode,
  orderBatchItem,
  type PackedLabel,
  type ParcelToShip,
  planShipment,
  type Refusal,
  refuse,
  type ShipmentBooks,
  type SilentCarrier,
  serviceRefusals,
  stepAside,
  takesMoreLabels,
  type UnsentLabels,
} from '@ge/domain';
import { RowSet } from '@ge/runtime';
import { type BatchPace, type ItemToQuote, parcelOf, type SliceIntent } from './claimSlices.ts';

/** What T2 works on. */
export interface OrderingState {
  readonly orders: ReadonlyMap<OrderId, OrderRow>;
  readonly batches: ReadonlyMap<LabelBatchId, LabelBatchRow>;
  readonly items: RowSet<LabelBatchItemRow>;
  readonly labels: RowSet<LabelRow>;
  /** Labels that were there before, by order. */
  readonly packed: ReadonlyMap<OrderId, readonly PackedLabel[]>;
  readonly offers: ReadonlyMap<string, KeptOffer>;
  readonly books: ShipmentBooks;
  /** As it was before these slices. */
  readonly unsent: ReadonlyMap<LabelBatchId, UnsentLabels>;
  readonly standings: KnownStandings;
  /** By the database's clock, as standings are. */
  readonly at: Date;
}

const keyOf = ({ batchId, itemNo }: Pick<LabelBatchItemRow, 'batchId' | 'itemNo'>): string => `${batchId} ${itemNo}`;

/** Locks the orders, the batches and the items of the slices; all else is read once for all of them. */
export async function loadOrdering(tx: Transaction, slices: readonly SliceIntent[]): Promise<OrderingState> {
  const sliced = slices.flatMap(({ items }) => items.map(({ item }) => item));
  const orderIds = [...new Set(sliced.map(({ orderId }) => orderId))];
  const orders = await tx.lock(OrderEntity, orderIds);
  const batchIds = [...new Set(slices.map(({ batchId }) => batchId))];
  const batches = await tx.lock(LabelBatchEntity, batchIds, 'for share');
  const items = await tx.lock(
    LabelBatchItemEntity,
    sliced.map(({ batchId, itemNo }) => [batchId, itemNo] as const),
  );
  const packed = await packedLabelsOf(tx, orderIds);
  return {
    orders: new Map(orders.map((row) => [row.id, row])),
    batches: new Map(batches.map((row) => [row.id, row])),
    items: new RowSet(items, keyOf),
    labels: new RowSet<LabelRow>([], (row) => row.id),
    packed: Map.groupBy(packed, ({ orderId }) => orderId),
    offers: await keptOffers(
      tx,
      items.flatMap(({ offerToken }) => offerToken ?? []),
    ),
    books: await readShipmentBooks(tx, orders),
    unsent: await unsentOfBatches(tx, batchIds),
    standings: await standingsByCarrier(tx),
    at: await databaseTime(tx),
  };
}

/** What became of an item: its label; `aside`, where carriers are asked again; `later`, where nothing was found out. */
export type ItemEnd = LabelRow | 'refused' | 'aside' | 'later';

/** Asks for the label of an item that still waits, once. */
export function orderItem(
  state: OrderingState,
  { item: { batchId, itemNo }, enquiry, readAt }: ItemToQuote,
  answers: CarrierAnswers | undefined,
  { itemsAhead, offersAwaitedMs }: BatchPace,
  now: Date,
): ItemEnd {
  const item = state.items.get(keyOf({ batchId, itemNo }));
  const batch = state.batches.get(batchId);
  if (item?.state !== 'waiting' || batch?.state !== 'open') return 'later';
  const order = state.orders.get(item.orderId);
  // The address it was quoted for is another one by now: its prices do not hold.
  if (!order || (enquiry && !isDeepStrictEqual(order.shipTo, enquiry.shipTo))) return 'later';
  const beside = state.labels.added().filter((label) => label.orderId === order.id);
  const parcel = { order, labels: [...(state.packed.get(order.id) ?? []), ...beside], ...parcelOf(item) };
  const chosen = offerFor(state, item, parcel, batch, answers, now);
  if (chosen === 'later') return 'later';
  if ('silent' in chosen)
    return asideItem(state, { ...item, asideAt: readAt }, awaitedOf(chosen, state.standings), offersAwaitedMs, now);
  const ordered = chosen.ok ? labelFor(state.books, item, parcel, batch, chosen.value, now) : chosen;
  if (!ordered.ok) return refusedItem(state, item, ordered.refusals);
  const unsent = state.unsent.get(batchId) ?? new Map();
  const { carrierId } = ordered.value;
  if (!takesMoreLabels(carrierId, unsent, state.standings, itemsAhead, state.at)) {
    const unanswered = [serviceRefusals.refusal('TEMPORARILY_UNAVAILABLE', '')];
    const full = { unanswered, silent: [{ carrierId, held: 'limit' as const }] };
    return asideItem(state, { ...item, asideAt: readAt }, awaitedOf(full, state.standings), offersAwaitedMs, now);
  }
  state.labels.add(ordered.value);
  state.items.put({ ...item, state: 'ordered', labelId: ordered.value.id });
  return ordered.value;
}

function asideItem(
  state: OrderingState,
  item: LabelBatchItemRow,
  awaits: ItemAwaits,
  awaitedMs: number,
  now: Date,
): 'aside' | 'refused' {
  const aside = stepAside(item, awaits, awaitedMs, now);
  if (!aside.ok) return refusedItem(state, item, aside.refusals);
  state.items.put({ ...item, ...aside.value });
  return 'aside';
}

function refusedItem({ items }: OrderingState, item: LabelBatchItemRow, refusals: readonly Refusal[]): 'refused' {
  items.put({ ...item, state: 'refused', refusals });
  return 'refused';
}

/** Carriers that may have an offer once they answer; what stands against each now. */
interface Unanswered {
  readonly unanswered: readonly Refusal[];
  readonly silent: readonly SilentCarrier[];
}

const awaitedOf = ({ unanswered, silent }: Unanswered, standings: KnownStandings): ItemAwaits => ({
  carrierIds: silent.map(({ carrierId }) => carrierId),
  unanswered,
  isComingBack: isComingBack(silent, standings),
});

function offerFor(
  { offers, books }: OrderingState,
  item: LabelBatchItemRow,
  parcel: ParcelToShip,
  { format }: LabelBatchRow,
  answers: CarrierAnswers | undefined,
  now: Date,
): Decision<ItemOffer> | Unanswered | 'later' {
  if (item.offerToken !== null) {
    const kept = offers.get(item.offerToken);
    return kept?.orderId === item.orderId ? accept(kept) : refuse(noSuchOffer('/offerToken'));
  }
  if (!answers) {
    const plan = planShipment(parcel, books, now);
    return plan.ok ? 'later' : plan;
  }
  const { judged, refused } = judgeAnswers(answers, format, now);
  const offer = chooseOffer(judged, item.choose ?? 'cheapest');
  if (!offer.ok) {
    const whole = answers.refused.filter(({ serviceId }) => serviceId === null);
    if (answers.mayOfferLater.length > 0) {
      return { unanswered: whole.flatMap(({ reasons }) => reasons), silent: answers.mayOfferLater };
    }
    const reasons = judged.eligible.length === 0 ? refused.flatMap((service) => service.reasons) : [];
    return refuse(...oncePerCode([...offer.refusals, ...reasons]));
  }
  return accept({ offer: offer.value, shipDate: offer.value.shipDate as CalendarDate });
}

function labelFor(
  books: ShipmentBooks,
  { itn }: LabelBatchItemRow,
  { order, labels, parcelNo, parcel }: ParcelToShip,
  batch: LabelBatchRow,
  { offer, shipDate }: ItemOffer,
  now: Date,
): Decision<LabelRow> {
  const labelId = newId<LabelId>('lbl');
  return orderBatchItem(
    { itn, parcelNo, parcel },
    batch,
    { labelId, offer, shipDate, idempotencyKey: purchaseKey(offer.carrierId, labelId) },
    { order, labels, books },
    now,
  );
}

export async function saveOrdering(tx: Transaction, { labels, items }: OrderingState): Promise<void> {
  await tx.insert(LabelPurchaseEntity, labels.added());
  await tx.update(LabelBatchItemEntity, items.changed(), [
    'state',
    'labelId',
    'refusals',
    'offerlessSince',
    'askAgainAt',
    'awaitedCarriers',
    'asideAt',
  ]);
}
