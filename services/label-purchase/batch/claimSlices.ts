import type { orderBatchLabels as contract } from '@ge/contracts';
import {
  asidesOfBatches,
  databaseTime,
  LabelBatchEntity,
  type LabelBatchItemRow,
  type LabelBatchRow,
  nextAskedAgainOf,
  nextItemsOfBack,
  nextWaitingItems,
  OrderEntity,
  packedLabelsOf,
  readShipmentBooks,
  standingsByCarrier,
  type Transaction,
  unsentOfBatches,
} from '@ge/database';
import {
  type CarrierBack,
  carriersBack,
  type KnownStandings,
  type LabelBatchId,
  type LabelEnquiry,
  type LabelFormat,
  labelEnquiry,
  mayAskForMore,
  nextBack,
  type PackedLabel,
  type Parcel,
  planShipment,
  type UnsentLabels,
} from '@ge/domain';
import { type Claim, done, type Job, settle, skip, snooze } from '@ge/runtime';
import type { CarrierDesk } from '../carrierDesk.ts';
import { pauseBeforeAsides, pauseBeforeMoreOfBatch, whileBatchIsPaused } from '../pauses.ts';

/** How much of a batch is taken at once, and how many of its labels may wait to be sent before more are asked for. */
export interface BatchPace {
  readonly sliceItems: number;
  readonly itemsAhead: number;
  /** How long an item waits for a carrier that gives no answer. */
  readonly offersAwaitedMs: number;
}

/** An item to be ordered, and what its carriers are asked: nothing where it names an offer, or cannot be shipped any more. */
export interface ItemToQuote {
  readonly item: LabelBatchItemRow;
  readonly enquiry: LabelEnquiry | null;
  /** When it was read, by the database's clock. */
  readonly readAt: Date;
}

export interface SliceIntent {
  readonly batchId: LabelBatchId;
  readonly items: readonly ItemToQuote[];
  /** By how much the programme's clock runs ahead of the carriers'. */
  readonly aheadMs: number;
}

type BatchJob = Job<typeof contract>;

interface SliceState {
  readonly batches: ReadonlyMap<LabelBatchId, LabelBatchRow>;
  readonly unsent: ReadonlyMap<LabelBatchId, UnsentLabels>;
  readonly standings: KnownStandings;
  /** By the database's clock, as standings are. */
  readonly at: Date;
  readonly items: ReadonlyMap<LabelBatchId, readonly ItemToQuote[]>;
  readonly askedAgainAt: ReadonlyMap<LabelBatchId, Date>;
  readonly claimedAt: number;
}

/** Reads the next slice of each batch; nothing is locked but the batches, and nothing written: an item is taken when it is ordered. */
export const claimSlices = (desk: CarrierDesk, pace: BatchPace) => ({
  load: async (tx: Transaction, jobs: readonly BatchJob[], now: Date): Promise<SliceState> => {
    const ids = [...new Set(jobs.map(({ payload }) => payload.batchId))];
    const batches = await tx.lock(LabelBatchEntity, ids, 'for share');
    const unsent = await unsentOfBatches(tx, ids);
    const standings = await standingsByCarrier(tx);
    const at = await databaseTime(tx);
    const ready = batches.filter(({ id, state }) => state === 'open' && hasRoom({ unsent, standings, at }, id, pace));
    const readyIds = ready.map(({ id }) => id);
    const items = await nextItems(tx, readyIds, pace, carriersBack(standings, at), now);
    const formats = new Map(ready.map(({ id, format }) => [id, format]));
    const asked = await withEnquiries(tx, items, formats, now);
    const byBatch = Map.groupBy(
      asked.map((one) => ({ ...one, readAt: at })),
      ({ item }) => item.batchId,
    );
    const idle = readyIds.filter((id) => !byBatch.has(id));
    return {
      batches: new Map(batches.map((row) => [row.id, row])),
      unsent,
      standings,
      at,
      items: byBatch,
      // It looks at all that has stepped aside: asked only where nothing else is left to do.
      askedAgainAt: idle.length > 0 ? await nextLooksOf(tx, idle, { standings, at }, now) : new Map(),
      claimedAt: performance.now(),
    };
  },
  decide: (job: BatchJob, state: SliceState, now: Date): Claim<SliceIntent> => {
    const { batchId, sellerId } = job.payload;
    const batch = state.batches.get(batchId);
    if (!batch || batch.sellerId !== sellerId) return settle(skip('there is no such batch'));
    if (batch.state === 'cancelled') return settle(skip('the batch was cancelled'));
    if (batch.state === 'paused') return settle(snooze(whileBatchIsPaused(job.message.snoozes), 'the batch is paused'));
    if (!hasRoom(state, batchId, pace)) {
      return settle(snooze(pauseBeforeMoreOfBatch(job.message.snoozes), 'enough of its labels wait to be sent'));
    }
    const items = state.items.get(batchId) ?? [];
    if (items.length === 0) {
      const next = state.askedAgainAt.get(batchId);
      return settle(next ? snooze(pauseBeforeAsides(next, now), 'a carrier gives no answer for what waits') : done());
    }
    return {
      kind: 'call',
      intent: { batchId, items, aheadMs: now.getTime() - Date.now() },
      beginBy: state.claimedAt + desk.lastCallMs,
    };
  },
  save: async () => undefined,
});

const hasRoom = (
  { unsent, standings, at }: Pick<SliceState, 'unsent' | 'standings' | 'at'>,
  id: LabelBatchId,
  { itemsAhead }: BatchPace,
): boolean => mayAskForMore(unsent.get(id) ?? new Map(), standings, itemsAhead, at);

/** What is due; of a batch in which nothing is, what stepped aside for a carrier that has come back since. */
async function nextItems(
  tx: Transaction,
  ids: readonly LabelBatchId[],
  { sliceItems }: BatchPace,
  back: readonly CarrierBack[],
  now: Date,
): Promise<readonly LabelBatchItemRow[]> {
  const due = await nextWaitingItems(tx, ids, sliceItems, now);
  const busy = new Set(due.map(({ batchId }) => batchId));
  const idle = ids.filter((id) => !busy.has(id));
  if (back.length === 0 || idle.length === 0) return due;
  return [...due, ...(await nextItemsOfBack(tx, idle, sliceItems, back))];
}

/** When each batch looks again at what has stepped aside: when the first is due, or one of its carriers comes back. */
async function nextLooksOf(
  tx: Transaction,
  ids: readonly LabelBatchId[],
  { standings, at }: Pick<SliceState, 'standings' | 'at'>,
  now: Date,
): Promise<ReadonlyMap<LabelBatchId, Date>> {
  // The programme's clock may run ahead of the database's.
  const aheadMs = now.getTime() - at.getTime();
  const asked = await nextAskedAgainOf(tx, ids);
  const asides = await asidesOfBatches(tx, [...asked.keys()]);
  return new Map(
    [...asked].map(([id, next]) => {
      const back = nextBack(asides.get(id)?.keys() ?? [], standings, at);
      return [id, back ? new Date(Math.min(back.getTime() + aheadMs, next.getTime())) : next];
    }),
  );
}

async function withEnquiries(
  tx: Transaction,
  items: readonly LabelBatchItemRow[],
  formats: ReadonlyMap<LabelBatchId, LabelFormat>,
  now: Date,
): Promise<readonly Omit<ItemToQuote, 'readAt'>[]> {
  const orderIds = [...new Set(items.map(({ orderId }) => orderId))];
  const orders = await tx.find(OrderEntity, orderIds);
  const byId = new Map(orders.map((order) => [order.id, order]));
  const labels = Map.groupBy(await packedLabelsOf(tx, orderIds), ({ orderId }) => orderId);
  const books = await readShipmentBooks(tx, orders);
  return items.map((item) => {
    const order = byId.get(item.orderId);
    if (!order || item.offerToken !== null) return { item, enquiry: null };
    const parcel = parcelOf(item);
    const plan = planShipment({ order, labels: labels.get(order.id) ?? [], ...parcel }, books, now);
    if (!plan.ok) return { item, enquiry: null };
    const wanted = { orderId: order.id, format: formats.get(item.batchId)!, itn: item.itn };
    return { item, enquiry: labelEnquiry(plan.value, { ...wanted, parcelNo: parcel.parcelNo }) };
  });
}

/** What is packed: the validation before left no item waiting without it. */
export const parcelOf = ({
  parcelNo,
  parcel,
}: LabelBatchItemRow): Pick<PackedLabel, 'parcelNo'> & { readonly parcel: Parcel } => ({
  parcelNo: parcelNo!,
  parcel: parcel!,
});
