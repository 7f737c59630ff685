import { decidePayout } from '@ge/contracts';
import {
  labelsByTracking,
  OrderEntity,
  type Outgoing,
  OutsideLabelReportEntity,
  outgoing,
  TrackingEventEntity,
  type Transaction,
} from '@ge/database';
import {
  type Decision,
  judgeReport,
  type LabelPurchase,
  type OrderId,
  type SellerId,
  type TrackingEventCode,
  type TrackingReport,
} from '@ge/domain';

export type Report =
  | (Extract<TrackingReport, { kind: 'event' }> & { readonly code: TrackingEventCode })
  | (Extract<TrackingReport, { kind: 'outside_label' }> & { readonly orderId: OrderId });

export interface RecordedReports {
  /** In the order of the reports. */
  readonly decisions: readonly Decision<TrackingReport>[];
  /** One for each order that is concerned: its payout is decided anew. */
  readonly messages: readonly Outgoing[];
}

/**
 * Records what is told of parcels, in whatever order and however often it is told (R17, R22). The messages are the caller's to
 * append, in the same transaction. `ofCarrier`: labels of others are not known to who tells.
 */
export async function recordReports(
  tx: Transaction,
  reports: readonly Report[],
  { now, ofCarrier }: { readonly now: Date; readonly ofCarrier?: string },
): Promise<RecordedReports> {
  const numbers = reports.map(({ trackingId }) => trackingId);
  const orderIds = reports.flatMap((report) => (report.kind === 'outside_label' ? [report.orderId] : []));
  const found = await labelsByTracking(tx, [...new Set(numbers)]);
  const told = ofCarrier === undefined ? found : found.filter(({ carrierId }) => carrierId === ofCarrier);
  const labels = Map.groupBy(told, (row) => row.trackingId!);
  const orders = new Map((await tx.find(OrderEntity, [...new Set(orderIds)])).map((row) => [row.id, row]));

  const concerned = new Map<OrderId, SellerId>();
  const scans: { labelId: LabelPurchase['id']; code: string; happenedAt: Date; receivedAt: Date }[] = [];
  const outside: { orderId: OrderId; trackingId: string; happenedAt: Date; receivedAt: Date }[] = [];
  const decisions = reports.map((report, i) => {
    const ofNumber = labels.get(report.trackingId) ?? [];
    const isKnown = report.kind === 'event' ? ofNumber.length > 0 : orders.has(report.orderId);
    const decision = judgeReport(report, { isKnown, labels: ofNumber }, now, `/events/${i}`);
    if (!decision.ok) return decision;
    const { happenedAt } = report;
    if (report.kind === 'event') {
      const label = ofNumber.at(-1)!;
      scans.push({ labelId: label.id, code: report.code, happenedAt, receivedAt: now });
      concerned.set(label.orderId, label.sellerId);
    } else {
      const { orderId, trackingId } = report;
      outside.push({ orderId, trackingId, happenedAt, receivedAt: now });
      concerned.set(orderId, orders.get(orderId)!.sellerId);
    }
    return decision;
  });
  await tx.insert(TrackingEventEntity, scans, true);
  await tx.insert(OutsideLabelReportEntity, outside, true);
  const messages = [...concerned].map(([orderId, sellerId]) =>
    outgoing(decidePayout, { payload: { sellerId, orderId }, sellerId }),
  );
  return { decisions, messages };
}
