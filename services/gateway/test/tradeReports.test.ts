import { routes } from '@ge/api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusedWith } from './refusedWith.ts';
import { ago, tradeDesk } from './tradeDesk.ts';

const desk = tradeDesk();
beforeAll(() => desk.open());
afterAll(() => desk.close());
beforeEach(() => desk.nextShop());

describe('reports of carriers', () => {
  it('are recorded once each, get their own results, and have the payout of each order decided anew (R17)', async () => {
    await desk.bought('TRK-REPORT');
    const happenedAt = ago(60_000);
    const events = [
      { kind: 'event', trackingId: 'TRK-REPORT', code: 'PickupDone', happenedAt },
      { kind: 'event', trackingId: 'TRK-REPORT', code: 'PickupDone', happenedAt },
      { kind: 'event', trackingId: 'TRK-NOBODY', code: 'PickupDone', happenedAt },
      { kind: 'event', trackingId: 'TRK-REPORT', code: 'Delivered', happenedAt: ago(-3_600_000) },
      { kind: 'outside_label', orderId: desk.orderId, trackingId: 'ELSEWHERE-1', happenedAt },
      { kind: 'outside_label', orderId: desk.orderId, trackingId: 'TRK-REPORT', happenedAt },
      { kind: 'outside_label', orderId: '999-0000000-0000000', trackingId: 'ELSEWHERE-2', happenedAt },
    ] as const;
    const report = () =>
      desk.gateway.producer.call(routes.trackingEvents.reportTrackingEvents, { body: { events: [...events] } });
    const { results, operationId } = await report();
    expect(results.map(({ outcome, refusals }) => refusals[0]?.code ?? outcome)).toEqual([
      'recorded',
      'recorded',
      'label.tracking_unknown',
      'tracking_event.in_future',
      'recorded',
      'label.bought_here',
      'order.unknown',
    ]);
    const messages = await desk.messagesNamed('decide-payout');
    expect(messages.filter((message) => message.operationId === operationId)).toMatchObject([
      { payload: { orderId: desk.orderId } },
    ]);
    await report();
    const [counts] = await desk.gateway.database.query<{ events: number; outside: number }>(
      `select (select count(*)::int from tracking_events e join label_purchases l on l.id = e.label_id where l.order_id = $1) as events,
              (select count(*)::int from outside_label_reports where order_id = $1) as outside`,
      [desk.orderId],
    );
    expect(counts).toEqual({ events: 1, outside: 1 });
  });

  it('give the three safeguards their evidence (R22)', async () => {
    await desk.bought('TRK-SAFE', { isProtected: true });
    const at = { params: { orderId: desk.orderId } };
    const read = () => desk.seller.call(routes.safeguards.getSafeguards, at);
    const before = await read();
    expect(before.negative_feedback.isProtected).toBe(false);
    const unmet = before.negative_feedback.checklist.filter(({ met }) => !met);
    expect(unmet).toMatchObject([
      { condition: 'first_scan_by_ship_by', reasons: [{ code: 'safeguard.not_scanned', rule: 'R22' }] },
    ]);
    const event = {
      kind: 'event',
      trackingId: 'TRK-SAFE',
      code: 'PickupDone',
      happenedAt: ago(1_000),
    } as const;
    await desk.gateway.producer.call(routes.trackingEvents.reportTrackingEvents, { body: { events: [event] } });
    const scanned = await read();
    expect(
      [scanned.negative_feedback, scanned.valid_tracking_rate, scanned.a_to_z_claim].map(
        (verdict) => verdict.isProtected,
      ),
    ).toEqual([true, true, false]);
    const byPlatform = { ...at, body: { by: 'platform' } } as const;
    expect((await refusedWith(desk.seller.call(routes.orders.recordRefund, byPlatform))).code).toBe('http.forbidden');
    const { order } = await desk.gateway.producer.call(routes.orders.recordRefund, byPlatform);
    expect(order).toMatchObject({ refundedBy: 'platform', refundedAt: expect.any(Date) });
    expect((await read()).a_to_z_claim.isProtected).toBe(true);
    const bySeller = desk.gateway.operator.call(routes.orders.recordRefund, { ...at, body: { by: 'seller' } });
    expect(await refusedWith(bySeller)).toMatchObject({ code: 'order.already_refunded', errors: [{ field: '/by' }] });
  });
});
