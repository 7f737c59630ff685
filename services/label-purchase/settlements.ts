import {
  bookTransfers,
  ChargeReclaimEntity,
  LabelPurchaseEntity,
  type LabelRow,
  lockShippedOrders,
  OrderEntity,
  packedLabelsOf,
  relockLabels,
  type ShippedOrderRow,
  type Transaction,
} from '@ge/database';
import { type DocumentInMemory, storeDocuments } from '@ge/documents';
import {
  type ChargeReclaim,
  chargeLabel,
  confirmByLabel,
  type LabelPurchase,
  type LedgerTransfer,
  type Money,
  type OrderId,
  type PackedLabel,
  refundLabel,
  reopenAfterVoid,
  withPayout,
} from '@ge/domain';
import { RowSet } from '@ge/runtime';
import { type FurtherCharge, lockReclaims } from './furtherCharges.ts';
import { loadParcelReports, type ParcelReports, payoutEvidence } from './parcelReports.ts';

/** What names a claim in T2. */
export interface Held {
  /** As it was claimed, with the fence of the claim. */
  readonly label: LabelRow;
}

/** What T2 of every job at a carrier works on. */
export interface SettlementState {
  readonly orders: RowSet<ShippedOrderRow>;
  readonly labels: RowSet<LabelRow>;
  /** The other labels of the orders: who changes the outcome of one has its order locked. */
  readonly siblings: ReadonlyMap<OrderId, readonly PackedLabel[]>;
  readonly reports: ParcelReports;
  readonly documents: DocumentInMemory[];
  readonly transfers: LedgerTransfer[];
  /** What was asked back of what these answers name beside their labels. */
  readonly reclaims: RowSet<ChargeReclaim>;
}

/** What an answer brought beside the end itself. */
export interface Brought {
  /** That of a purchase. */
  readonly document?: DocumentInMemory | null;
  /** What a void gives back. */
  readonly refund?: Money | null;
}

/** Locks the orders, then their labels; what else is known of the orders is read, for decisions about the whole of each. */
export async function loadSettlements(
  tx: Transaction,
  calls: readonly { readonly intent: Held }[],
  further: readonly FurtherCharge[] = [],
): Promise<SettlementState> {
  const claimed = calls.map(({ intent }) => intent.label);
  const orderIds = [...new Set(claimed.map(({ orderId }) => orderId))];
  const orders = await lockShippedOrders(tx, orderIds);
  const labels = await relockLabels(tx, claimed);
  const labelIds = labels.map(({ id }) => id);
  const siblings = await packedLabelsOf(tx, orderIds, labelIds);
  return {
    orders: new RowSet(orders, (row) => row.id),
    labels: new RowSet(labels, (row) => row.id),
    siblings: Map.groupBy(siblings, (row) => row.orderId),
    reports: await loadParcelReports(tx, orderIds, [...labelIds, ...siblings.map(({ id }) => id)]),
    documents: [],
    transfers: [],
    reclaims: await lockReclaims(tx, further),
  };
}

/**
 * Writes down how a purchase or a void ended, and what follows from it for the order: a purchase confirms it by itself (R18),
 * a void has it wait for another label, and its payout is decided anew (R17). What was paid or given back is booked.
 */
export function recordEnd(
  state: SettlementState,
  label: LabelRow,
  next: LabelPurchase,
  now: Date,
  { document = null, refund = null }: Brought = {},
): void {
  state.labels.put({ ...label, ...next });
  const order = state.orders.get(label.orderId);
  if (order) {
    const labels = labelsOf(state, order.id);
    const shipped = next.state === 'voided' ? reopenAfterVoid(order, labels) : confirmByLabel(order, labels, now);
    state.orders.put(withPayout(shipped, payoutEvidence(order.id, labels, state.reports), now));
  }
  if (document) state.documents.push(document);
  if (next.state === 'purchased' && next.charge) state.transfers.push(...chargeLabel(label, next.charge, now));
  if (next.state === 'voided' && refund) state.transfers.push(...refundLabel(label, refund, now));
}

/** Every label of an order, those of this transaction as they are in it. */
const labelsOf = ({ labels, siblings }: SettlementState, orderId: OrderId): readonly PackedLabel[] => [
  ...(siblings.get(orderId) ?? []),
  ...labels.values().filter((row) => row.orderId === orderId),
];

export async function saveSettlements(
  tx: Transaction,
  { orders, labels, documents, transfers, reclaims }: SettlementState,
): Promise<void> {
  await storeDocuments(tx, documents);
  await bookTransfers(tx, transfers);
  await tx.insert(ChargeReclaimEntity, reclaims.added());
  await tx.update(OrderEntity, orders.changed(), ['state', 'confirmedAt', 'payout', 'payoutReason']);
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
