import { routes } from '@ge/api';
import { decidePayout } from '@ge/contracts';
import {
  labelsByTracking,
  OrderEntity,
  OutsideLabelReportEntity,
  outgoing,
  startOperation,
  TrackingEventEntity,
} from '@ge/database';
import { judgeReport, type LabelPurchase, type OrderId, type SellerId } from '@ge/domain';
import { acceptedBody, findingsOf } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';

/** Every report gets its own result; the payout of each order that is concerned is decided anew, once (R17). */
export const reportTrackingEvents = handle(
  routes.trackingEvents.reportTrackingEvents,
  async ({ tx, body, now, locale }) => {
    const numbers = body.events.map(({ trackingId }) => trackingId);
    const orderIds = body.events.flatMap((event) => (event.kind === 'outside_label' ? [event.orderId] : []));
    const labels = Map.groupBy(await labelsByTracking(tx, [...new Set(numbers)]), (row) => row.trackingId!);
    const orders = new Map((await tx.find(OrderEntity, [...new Set(orderIds)])).map((row) => [row.id, row]));

    const concerned = new Map<OrderId, SellerId>();
    const scans: { labelId: LabelPurchase['id']; code: string; happenedAt: Date; receivedAt: Date }[] = [];
    const reports: { orderId: OrderId; trackingId: string; happenedAt: Date; receivedAt: Date }[] = [];
    const results = body.events.map((event, i) => {
      const ofNumber = labels.get(event.trackingId) ?? [];
      const isKnown = event.kind === 'event' ? ofNumber.length > 0 : orders.has(event.orderId);
      const decision = judgeReport(event, { isKnown, labels: ofNumber }, now, `/events/${i}`);
      if (!decision.ok) return { outcome: 'refused' as const, refusals: findingsOf(decision.refusals, locale) };
      const { happenedAt } = event;
      if (event.kind === 'event') {
        const label = ofNumber.at(-1)!;
        scans.push({ labelId: label.id, code: event.code, happenedAt, receivedAt: now });
        concerned.set(label.orderId, label.sellerId);
      } else {
        const { orderId, trackingId } = event;
        reports.push({ orderId, trackingId, happenedAt, receivedAt: now });
        concerned.set(orderId, orders.get(orderId)!.sellerId);
      }
      return { outcome: 'recorded' as const, refusals: [] };
    });
    await tx.insert(TrackingEventEntity, scans, true);
    await tx.insert(OutsideLabelReportEntity, reports, true);
    const messages = [...concerned].map(([orderId, sellerId]) =>
      outgoing(decidePayout, { payload: { sellerId, orderId }, sellerId }),
    );
    const operationId = await startOperation(tx, { kind: 'tracking-events', sellerId: null, now }, messages);
    return { status: 202, body: { ...acceptedBody(operationId, [], locale), results } };
  },
);
