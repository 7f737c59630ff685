import { type LabelId, type OrderId, type PackedLabel, scanCodes } from '@ge/domain';
import { LabelPurchaseEntity, OutsideLabelReportEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type LabelRow = RowOf<typeof LabelPurchaseEntity>;

/** What changes about a label; all else was decided with its intent. */
const changing = [
  'id',
  'state',
  'fence',
  'leaseUntil',
  'requestHash',
  'sentAt',
  'lookUps',
  'charge',
  'shipmentRef',
  'trackingId',
  'documentId',
  'reason',
  'endedAt',
] as const;

/** Locks labels that were read before and gives them as they stand now; what an intent was decided with is not read again. */
export async function relockLabels(tx: Transaction, read: readonly LabelRow[]): Promise<LabelRow[]> {
  const byId = new Map(read.map((label) => [label.id, label]));
  const rows = await tx.lock(LabelPurchaseEntity, [...byId.keys()], 'for no key update', changing);
  return rows.map((row) => ({ ...byId.get(row.id)!, ...row }));
}

/** Every label of these orders, oldest first. Not locked: who decides about an order's labels locks the order first. */
export const labelsOfOrders = (tx: Transaction, orderIds: readonly OrderId[]): Promise<LabelRow[]> =>
  tx.select(LabelPurchaseEntity, 'where t.order_id = any($1::text[]) order by t.created_at, t.id', [orderIds]);

/** The pieces that each label of these orders carries, but for the labels with these ids; oldest first, and not locked either. */
export const packedLabelsOf = (
  tx: Transaction,
  orderIds: readonly OrderId[],
  exceptIds: readonly LabelId[] = [],
): Promise<(PackedLabel & Pick<LabelRow, 'orderId'>)[]> =>
  tx.selectPrepared(
    LabelPurchaseEntity,
    'where t.order_id = any($1::text[]) and t.id <> all($2::text[]) order by t.created_at, t.id',
    [orderIds, exceptIds],
    ['id', 'orderId', 'state', 'parcelNo', 'parcel', 'offerToken', 'createdAt'],
  );

/** The labels with these tracking numbers. */
export const labelsByTracking = (tx: Transaction, trackingIds: readonly string[]): Promise<LabelRow[]> =>
  tx.select(LabelPurchaseEntity, 'where t.tracking_id = any($1::text[]) order by t.id', [trackingIds]);

/** Labels that wait for a person, oldest first; `after` is the id of the last one seen. */
export const parkedLabels = (tx: Transaction, after: string | null, limit: number): Promise<LabelRow[]> =>
  tx.select(LabelPurchaseEntity, `where t.state = 'parked' and t.id > $1 order by t.id limit $2`, [after ?? '', limit]);

/** The first carrier scan of each of these labels that has one. */
export async function firstScansOf(tx: Transaction, labelIds: readonly LabelId[]): Promise<Map<LabelId, Date>> {
  const rows = await tx.prepared<{ label_id: LabelId; first: string | Date }>(
    `select label_id, min(happened_at) as first from tracking_events
      where label_id = any($1::text[]) and code = any($2::text[]) group by label_id`,
    [labelIds, scanCodes],
  );
  return new Map(rows.map((row) => [row.label_id, new Date(row.first)]));
}

/** Those of these orders that were seen under a label not bought here (R17). */
export async function ordersWithOutsideLabel(tx: Transaction, orderIds: readonly OrderId[]): Promise<Set<OrderId>> {
  const rows = await tx.selectPrepared(
    OutsideLabelReportEntity,
    'where t.order_id = any($1::text[])',
    [orderIds],
    ['orderId'],
  );
  return new Set(rows.map((row) => row.orderId));
}

/** Forgets what was offered for an order: prices and days held for what it was then. */
export async function dropQuotesOf(tx: Transaction, orderId: OrderId): Promise<void> {
  await tx.query('delete from quotes where order_id = $1', [orderId]);
}
