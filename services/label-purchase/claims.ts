import {
  activeSuspensions,
  databaseTime,
  LabelBatchEntity,
  type LabelBatchRow,
  LabelPurchaseEntity,
  type LabelRow,
  OrderEntity,
  type OrderRow,
  SellerAddressEntity,
  type Transaction,
} from '@ge/database';
import {
  type ActiveSuspension,
  type Address,
  isSuspended,
  isUnsent,
  type LabelBatchId,
  type LabelId,
} from '@ge/domain';
import { type Claim, RowSet } from '@ge/runtime';

type OrderToShip = Pick<OrderRow, 'id' | 'state' | 'destination' | 'shipTo'>;

/** What T1 of every job at a carrier works on. */
export interface ClaimState {
  readonly labels: RowSet<LabelRow>;
  readonly orders: ReadonlyMap<string, OrderToShip>;
  readonly addresses: ReadonlyMap<string, Address>;
  readonly suspensions: readonly ActiveSuspension[];
  /** Those of labels of which nothing was sent; who pauses or cancels one waits for this transaction, or it sees that. */
  readonly batches: ReadonlyMap<LabelBatchId, Pick<LabelBatchRow, 'id' | 'state'>>;
  /** The database's clock, by which leases and horizons are judged. */
  readonly at: Date;
  /** The same moment on this process's own steady clock, in milliseconds: what a claim has used up is measured by it. */
  readonly claimedAt: number;
}

/** T1 of a job at a carrier, whatever it claims a label for. */
export const labelClaim = <J extends { readonly payload: { readonly labelId: LabelId } }, Intent>(
  decide: (job: J, state: ClaimState, now: Date) => Claim<Intent>,
) => ({
  load: (tx: Transaction, jobs: readonly J[]) =>
    loadClaims(
      tx,
      jobs.map((job) => job.payload.labelId),
    ),
  decide,
  save: saveClaims,
});

/** Locks the labels and reads what their requests are made of. Personal data stay in this process's memory. */
export async function loadClaims(tx: Transaction, labelIds: readonly LabelId[]): Promise<ClaimState> {
  const labels = await tx.lock(LabelPurchaseEntity, [...new Set(labelIds)]);
  const orderIds = [...new Set(labels.map((row) => row.orderId))];
  const orders = await tx.find(OrderEntity, orderIds, ['id', 'state', 'destination', 'shipTo']);
  const addresses = await tx.find(SellerAddressEntity, [...new Set(labels.map((row) => row.declaration.shipFromId))]);
  const suspensions = await activeSuspensions(tx);
  const batchIds = labels.flatMap((row) => (row.batchId && isUnsent(row) ? row.batchId : []));
  const batches = await tx.lock(LabelBatchEntity, [...new Set(batchIds)], 'for share', ['id', 'state']);
  const claimedAt = performance.now();
  return {
    labels: new RowSet(labels, (row) => row.id),
    orders: new Map(orders.map((row) => [row.id, row])),
    addresses: new Map(addresses.map((row) => [row.id, row.address])),
    suspensions,
    batches: new Map(batches.map((row) => [row.id, row])),
    at: await databaseTime(tx),
    claimedAt,
  };
}

/** T1's only write: whose the label is, and that it was sent. */
export async function saveClaims(tx: Transaction, { labels }: ClaimState): Promise<void> {
  await tx.update(LabelPurchaseEntity, labels.changed(), [
    'state',
    'fence',
    'leaseUntil',
    'requestHash',
    'sentAt',
    'reason',
    'endedAt',
  ]);
}

export const isDestinationSuspended = ({ suspensions }: ClaimState, order: OrderToShip): boolean =>
  isSuspended(order.destination, suspensions);

/** The batch of a label, where it was asked for with one and nothing was sent yet. */
export const batchOf = ({ batches }: ClaimState, { batchId }: Pick<LabelRow, 'batchId'>) =>
  (batchId && batches.get(batchId)) ?? null;
