import {
  LabelPurchaseEntity,
  type LabelRow,
  OrderEntity,
  type OrderRow,
  otherLabelsOfOrders,
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
  /** The other labels of the orders: who changes the outcome of one has its order locked. */
  readonly siblings: ReadonlyMap<OrderId, readonly LabelRow[]>;
  readonly documents: DocumentInMemory[];
}

/** Locks the orders, then their labels; the siblings of the labels are read, for decisions about the whole order. */
export async function loadSettlements(
  tx: Transaction,
  calls: readonly { readonly intent: Held }[],
): Promise<SettlementState> {
  const held = calls.map(({ intent }) => intent);
  const orders = await tx.lock(OrderEntity, [...new Set(held.map(({ orderId }) => orderId))]);
  const locked = await tx.lock(LabelPurchaseEntity, [...new Set(held.map(({ labelId }) => labelId))]);
  const labels = new RowSet(locked, (row) => row.id);
  const siblings = await otherLabelsOfOrders(
    tx,
    orders.map((row) => row.id),
    locked.map((row) => row.id),
  );
  return {
    orders: new RowSet(orders, (row) => row.id),
    labels,
    siblings: Map.groupBy(siblings, (row) => row.orderId),
    documents: [],
  };
}

/** Every label of an order, those of this transaction as they are in it. */
export const labelsOf = ({ labels, siblings }: SettlementState, orderId: OrderId): readonly LabelRow[] => [
  ...(siblings.get(orderId) ?? []),
  ...labels.values().filter((row) => row.orderId === orderId),
];

/** A purchase that went through: the label as decided, its document, and the order it confirms by itself (R18). */
export function recordPurchase(
  state: SettlementState,
  label: LabelRow,
  next: LabelPurchase,
  document: DocumentInMemory | null,
  now: Date,
): void {
  state.labels.put({ ...label, ...next });
  const order = state.orders.get(label.orderId);
  if (order) {
    const confirmed = confirmByLabel(order, labelsOf(state, order.id), now);
    if (confirmed !== order) state.orders.put({ ...order, ...confirmed });
  }
  if (document) state.documents.push(document);
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
