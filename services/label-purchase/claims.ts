import {
  activeSuspensions,
  databaseTime,
  LabelPurchaseEntity,
  type LabelRow,
  OrderEntity,
  type OrderRow,
  SellerAddressEntity,
  type Transaction,
} from '@ge/database';
import { type ActiveSuspension, type Address, isSuspended, type LabelId } from '@ge/domain';
import { type Claim, RowSet } from '@ge/runtime';

type OrderToShip = Pick<OrderRow, 'id' | 'state' | 'destination' | 'shipTo'>;

/** What T1 of every job at a carrier works on. */
export interface ClaimState {
  readonly labels: RowSet<LabelRow>;
  readonly orders: ReadonlyMap<string, OrderToShip>;
  readonly addresses: ReadonlyMap<string, Address>;
  readonly suspensions: readonly ActiveSuspension[];
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
async function loadClaims(tx: Transaction, labelIds: readonly LabelId[]): Promise<ClaimState> {
  const labels = await tx.lock(LabelPurchaseEntity, [...new Set(labelIds)]);
  const orderIds = [...new Set(labels.map((row) => row.orderId))];
  const orders = await tx.find(OrderEntity, orderIds, ['id', 'state', 'destination', 'shipTo']);
  const addresses = await tx.find(SellerAddressEntity, [...new Set(labels.map((row) => row.declaration.shipFromId))]);
  const suspensions = await activeSuspensions(tx);
  const claimedAt = performance.now();
  return {
    labels: new RowSet(labels, (row) => row.id),
    orders: new Map(orders.map((row) => [row.id, row])),
    addresses: new Map(addresses.map((row) => [row.id, row.address])),
    suspensions,
    at: await databaseTime(tx),
    claimedAt,
  };
}

/** T1's only write: whose the label is, and that it was sent. */
async function saveClaims(tx: Transaction, { labels }: ClaimState): Promise<void> {
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
