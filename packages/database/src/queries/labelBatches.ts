import { buyLabel, orderBatchLabels, quoteLabelAgain } from '@ge/contracts';
import {
  type CarrierBack,
  type DocumentId,
  type LabelBatchId,
  type LabelBatchItemState,
  type LabelState,
  type Money,
  type OperationId,
  type OrderId,
  type SellerId,
  standsLike,
  type UnsentLabels,
} from '@ge/domain';
import { LabelBatchEntity, LabelBatchItemEntity, LabelPurchaseEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';
import type { LabelRow } from './labels.ts';

export type LabelBatchRow = RowOf<typeof LabelBatchEntity>;
export type LabelBatchItemRow = RowOf<typeof LabelBatchItemEntity>;

export async function findLabelBatch(tx: Transaction, id: LabelBatchId): Promise<LabelBatchRow | null> {
  const rows = await tx.find(LabelBatchEntity, [id]);
  return rows[0] ?? null;
}

/** A seller's batches, the newest first; `before` is the id of the last one seen. */
export const labelBatchesOf = (
  tx: Transaction,
  wanted: { readonly sellerId: SellerId; readonly before: string | null; readonly limit: number },
): Promise<LabelBatchRow[]> =>
  tx.select(
    LabelBatchEntity,
    'where t.seller_id = $1 and ($2::text is null or t.id < $2) order by t.id desc limit $3',
    [wanted.sellerId, wanted.before, wanted.limit],
  );

/** Items in order; `after` is the number of the last one seen, and with `like` only those whose states are among these. */
export async function itemsOfBatch(
  tx: Transaction,
  wanted: {
    readonly batchId: LabelBatchId;
    readonly like: ReturnType<typeof standsLike> | null;
    readonly after: number | null;
    readonly limit: number;
  },
): Promise<{ readonly item: LabelBatchItemRow; readonly label: LabelRow | null }[]> {
  const { like } = wanted;
  const items = await tx.select(
    LabelBatchItemEntity,
    `left join label_purchases l on l.id = t.label_id
      where t.batch_id = $1 and t.item_no > $2
        and ($3::text[] is null or t.state = any($3::text[]) or l.state = any($4::text[]))
        and ($5::boolean is null or l.id is null or (l.reason is not distinct from 'batch_cancelled') = $5)
      order by t.item_no limit $6`,
    [
      wanted.batchId,
      wanted.after ?? -1,
      like?.itemStates ?? null,
      like?.labelStates ?? null,
      like?.byBatch ?? null,
      wanted.limit,
    ],
  );
  const labels = await tx.find(
    LabelPurchaseEntity,
    items.flatMap(({ labelId }) => labelId ?? []),
  );
  const byId = new Map(labels.map((row) => [row.id, row]));
  return items.map((item) => ({ item, label: (item.labelId && byId.get(item.labelId)) ?? null }));
}

/**
 * How many items of each of these batches are in which states, which of those that wait have stepped aside, and what their
 * labels were charged, by currency.
 */
export async function tallyBatches(tx: Transaction, ids: readonly LabelBatchId[]) {
  const rows = await tx.query<{
    batch_id: LabelBatchId;
    state: LabelBatchItemState;
    label_state: LabelState | null;
    reason: string | null;
    is_aside: boolean;
    currency: Money['currency'] | null;
    count: number;
    minor: string | null;
  }>(
    `select i.batch_id, i.state, l.state as label_state,
            case when l.reason = 'batch_cancelled' then l.reason end as reason, l.charge->>'currency' as currency,
            i.state = 'waiting' and i.ask_again_at is not null as is_aside, count(*)::int as count, sum((l.charge->>'minor')::bigint) as minor
       from label_batch_items i left join label_purchases l on l.id = i.label_id
      where i.batch_id = any($1::text[])
      group by 1, 2, 3, 4, 5, 6`,
    [ids],
  );
  return rows.map(({ batch_id: batchId, state, label_state, reason, is_aside: isAside, currency, count, minor }) => ({
    batchId,
    state,
    label: label_state && { state: label_state, reason },
    isAside,
    count,
    charged: currency && { minor: Number(minor), currency },
  }));
}

/**
 * The next items of each of these batches that wait to be ordered, `limit` of each: those whose carriers were not asked yet in
 * their order, then those that stepped aside and are due again.
 */
export const nextWaitingItems = (
  tx: Transaction,
  ids: readonly LabelBatchId[],
  limit: number,
  now: Date,
): Promise<LabelBatchItemRow[]> => waitingItems(tx, `(ask_again_at is null or ask_again_at <= $3)`, [ids, limit, now]);

/** The same of items that stepped aside for a carrier which has come back since, due or not. */
export const nextItemsOfBack = (
  tx: Transaction,
  ids: readonly LabelBatchId[],
  limit: number,
  back: readonly CarrierBack[],
): Promise<LabelBatchItemRow[]> =>
  waitingItems(
    tx,
    `ask_again_at is not null and exists (select 1 from unnest($3::text[], $4::timestamptz[]) as c(id, until)
                                           where c.id = any(awaited_carriers) and aside_at < c.until)`,
    [ids, limit, back.map(({ carrierId }) => carrierId), back.map(({ until }) => until)],
  );

/** Of each of these batches ($1) the first items ($2 at most) that wait and for which this holds. */
const waitingItems = (tx: Transaction, holds: string, params: readonly unknown[]): Promise<LabelBatchItemRow[]> =>
  tx.select(
    LabelBatchItemEntity,
    `where (t.batch_id, t.item_no) in (
       select b.id, w.item_no from unnest($1::text[]) as b(id) cross join lateral (
         select item_no from label_batch_items
          where batch_id = b.id and state = 'waiting' and ${holds}
          order by ask_again_at nulls first, item_no limit $2) w)
     order by t.batch_id, t.item_no`,
    params,
  );

/** When the first of each batch's items that stepped aside is due again; no entry where none waits. */
export async function nextAskedAgainOf(
  tx: Transaction,
  ids: readonly LabelBatchId[],
): Promise<ReadonlyMap<LabelBatchId, Date>> {
  const rows = await tx.query<{ batch_id: LabelBatchId; at: Date }>(
    `select batch_id, min(ask_again_at) as at from label_batch_items
      where batch_id = any($1::text[]) and state = 'waiting' and ask_again_at is not null group by batch_id`,
    [ids],
  );
  return new Map(rows.map(({ batch_id, at }) => [batch_id, new Date(at)]));
}

/** How many items of each of these batches have stepped aside for each carrier; one that waits for several counts for each. */
export async function asidesOfBatches(
  tx: Transaction,
  ids: readonly LabelBatchId[],
): Promise<ReadonlyMap<LabelBatchId, ReadonlyMap<string, number>>> {
  const rows = await tx.query<CountAtCarrier>(
    `select batch_id, carrier_id, count(*)::int as count
       from label_batch_items cross join lateral unnest(awaited_carriers) as carrier_id
      where batch_id = any($1::text[]) and state = 'waiting' and ask_again_at is not null
      group by batch_id, carrier_id`,
    [ids],
  );
  return countsByCarrier(rows);
}

/** Carriers are asked at once for what stepped aside, and the time it waits for them begins anew. Lock the batch first. */
export async function askAgainForBatch(tx: Transaction, id: LabelBatchId): Promise<void> {
  await tx.query(
    `update label_batch_items set ask_again_at = null, offerless_since = null
      where batch_id = $1 and state = 'waiting' and ask_again_at is not null`,
    [id],
  );
}

/** Ends what of these batches waits to be ordered, with what is to be read about it. Lock the batches first. */
export async function endWaitingItems(
  tx: Transaction,
  ids: readonly LabelBatchId[],
  { state, refusals }: Pick<LabelBatchItemRow, 'state' | 'refusals'>,
): Promise<void> {
  await tx.query(
    `update label_batch_items set state = $2, refusals = $3::jsonb where batch_id = any($1::text[]) and state = 'waiting'`,
    [ids, state, JSON.stringify(refusals)],
  );
}

/** How many labels of each of these batches were asked for at each carrier and not sent yet. */
export async function unsentOfBatches(
  tx: Transaction,
  ids: readonly LabelBatchId[],
): Promise<ReadonlyMap<LabelBatchId, UnsentLabels>> {
  const rows = await tx.query<CountAtCarrier>(
    `select batch_id, carrier_id, count(*)::int as count from label_purchases
      where batch_id is not null and batch_id = any($1::text[]) and state in ('requested', 'claimed')
      group by batch_id, carrier_id`,
    [ids],
  );
  return countsByCarrier(rows);
}

interface CountAtCarrier {
  readonly batch_id: LabelBatchId;
  readonly carrier_id: string;
  readonly count: number;
}

function countsByCarrier(rows: readonly CountAtCarrier[]): ReadonlyMap<LabelBatchId, ReadonlyMap<string, number>> {
  const byBatch = Map.groupBy(rows, ({ batch_id }) => batch_id);
  return new Map([...byBatch].map(([id, own]) => [id, new Map(own.map((row) => [row.carrier_id, row.count]))]));
}

const held = [orderBatchLabels.name, buyLabel.name, quoteLabelAgain.name];

/** Has what a batch's operation is owed look at once how the batch stands now. What is being run is left alone. */
export async function wakeLabelBatch(tx: Transaction, operationId: OperationId): Promise<void> {
  await tx.query(
    `update messages set due_at = now() where id in (
       select id from messages
        where operation_id = $1 and name = any($2::text[]) and state = 'ready' and due_at > now()
        for update skip locked)`,
    [operationId, held],
  );
}

/** A label of a batch that can be printed. */
export interface PrintedItem {
  readonly orderId: OrderId;
  readonly parcelNo: number;
  readonly documentId: DocumentId;
}

/** The documents of a batch's labels that are paid for, in the order of the items. */
export const printedItemsOf = (tx: Transaction, batchId: LabelBatchId): Promise<PrintedItem[]> =>
  tx.query(
    `select i.order_id as "orderId", i.parcel_no as "parcelNo", l.document_id as "documentId"
       from label_batch_items i join label_purchases l on l.id = i.label_id
      where i.batch_id = $1 and l.state = any($2::text[]) and l.document_id is not null
      order by i.item_no`,
    [batchId, standsLike('bought').labelStates],
  );
