import { firstScansOf, ordersWithOutsideLabel, type Transaction } from '@ge/database';
import type { LabelId, OrderId, PackedLabel, PayoutEvidence } from '@ge/domain';

/** What carriers and the marketplace have reported of parcels. */
export interface ParcelReports {
  readonly firstScans: ReadonlyMap<LabelId, Date>;
  /** Orders that were seen under a label not bought here. */
  readonly outside: ReadonlySet<OrderId>;
}

/** Read once the orders are locked: a report that comes later has their payouts decided again. */
export const loadParcelReports = async (
  tx: Transaction,
  orderIds: readonly OrderId[],
  labelIds: readonly LabelId[],
): Promise<ParcelReports> => ({
  firstScans: await firstScansOf(tx, labelIds),
  outside: await ordersWithOutsideLabel(tx, orderIds),
});

/** What an order's payout is decided by (R17). */
export const payoutEvidence = (
  orderId: OrderId,
  labels: readonly PackedLabel[],
  { firstScans, outside }: ParcelReports,
): PayoutEvidence => ({ labels, firstScans, outsideLabelReported: outside.has(orderId) });
