import {
  LabelPurchaseEntity,
  type LabelRow,
  labelsOfOrders,
  OrderEntity,
  type OrderRow,
  type Transaction,
} from '@ge/database';
import { type DocumentInMemory, storeDocuments } from '@ge/documents';
import { confirmByLabel, type LabelId, type LabelPurchase, type OrderId } from '@ge/domain';
import { RowSet } from '@ge/runtime';

/** What names a claim in T2. */
export interface Held {
  readonly labelId: LabelId;
  readonly orderId: OrderId;
  readonly fence: number;
}

/** What T2 of every job at a carrier works on. */
export interface SettlementState {
  readonly orders: RowSet<OrderRow>;
  readonly labels: RowSet<LabelRow>;
  readonly documents: DocumentInMemory[];
}

/** Locks the orders, then their labels; `siblings` of the labels are read too, for decisions about the whole order. */
export async function loadSettlements(tx: Transaction, held: readonly Held[]): Promise<SettlementState> {
  const orders = await tx.lock(OrderEntity, [...new Set(held.map(({ orderId }) => orderId))]);
  const locked = await tx.lock(LabelPurchaseEntity, [...new Set(held.map(({ labelId }) => labelId))]);
  return {
    orders: new RowSet(orders, (row) => row.id),
    labels: new RowSet(locked, (row) => row.id),
    documents: [],
  };
}

/** Every label of the orders, those locked as they are in this transaction. Whoever changes a label's outcome has its order locked. */
export async function siblingsOf(
  tx: Transaction,
  { orders, labels }: SettlementState,
): Promise<ReadonlyMap<OrderId, readonly LabelRow[]>> {
  const rows = await labelsOfOrders(
    tx,
    orders.values().map((row) => row.id),
  );
  return Map.groupBy(
    rows.filter((row) => !labels.has(row.id)),
    (row) => row.orderId,
  );
}

/** A purchase that went through: the label as decided, its document, and the order it confirms by itself (R18). */
export function recordPurchase(
  { orders, labels, documents }: SettlementState,
  label: LabelRow,
  next: LabelPurchase,
  document: DocumentInMemory | null,
  now: Date,
): void {
  labels.put({ ...label, ...next });
  const order = orders.get(label.orderId);
  if (order) {
    const confirmed = confirmByLabel(order, now);
    if (confirmed !== order) orders.put({ ...order, ...confirmed });
  }
  if (document) documents.push(document);
}

export async function saveSettlements(tx: Transaction, { orders, labels, documents }: SettlementState): Promise<void> {
  await storeDocuments(tx, documents);
  await tx.update(OrderEntity, orders.changed(), ['state', 'confirmedAt']);
  await tx.update(LabelPurchaseEntity, labels.changed(), [
    'state',
    'leaseUntil',
    'lookUps',
    'charge',
    'shipmentRef',
    'trackingId',
    'documentId',
    'reason',
    'endedAt',
  ]);
}
