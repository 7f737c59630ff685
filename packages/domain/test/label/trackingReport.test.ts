import { expect, test } from 'vitest';
import type { LabelId, OrderId } from '../../src/index.ts';
import { judgeReport, type ReportSubject } from '../../src/label/trackingReport.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const at = (ms: number) => new Date(now.getTime() + ms);
const known: ReportSubject = { isKnown: true, labels: [] };
const unknown: ReportSubject = { isKnown: false, labels: [] };
const codes = (decision: ReturnType<typeof judgeReport>) =>
  decision.ok ? [] : decision.refusals.map(({ code, field }) => `${code} ${field}`);

test('a report of what is known and has happened is recorded, though clocks differ by some minutes (R17)', () => {
  for (const happenedAt of [at(-86_400_000), now, at(5 * 60_000)]) {
    expect(codes(judgeReport({ kind: 'event', trackingId: 'T', happenedAt }, known, now))).toEqual([]);
  }
});

test('a report of the future, of an unknown label or of an unknown order is refused where it stands', () => {
  const event = { kind: 'event', trackingId: 'T', happenedAt: now } as const;
  const outside = { kind: 'outside_label', orderId: '1', trackingId: 'T', happenedAt: now } as const;
  expect(codes(judgeReport({ ...event, happenedAt: at(5 * 60_000 + 1) }, known, now, '/events/3'))).toEqual([
    'tracking_event.in_future /events/3/happenedAt',
  ]);
  expect(codes(judgeReport(event, unknown, now, '/events/0'))).toEqual(['label.tracking_unknown /events/0/trackingId']);
  expect(codes(judgeReport(outside, unknown, now, '/events/1'))).toEqual(['order.unknown /events/1/orderId']);
});

test('a label bought here for the order is refused as its outside label; one bought for another order is not its own (R17)', () => {
  const outside = { kind: 'outside_label', orderId: '1', trackingId: 'T', happenedAt: now } as const;
  const boughtFor = (orderId: string) => ({
    isKnown: true,
    labels: [{ id: 'lbl_1' as LabelId, orderId: orderId as OrderId }],
  });
  const own = judgeReport(outside, boughtFor('1'), now, '/events/2');
  expect(codes(own)).toEqual(['label.bought_here /events/2/trackingId']);
  expect(codes(judgeReport(outside, boughtFor('2'), now))).toEqual([]);
  expect(codes(judgeReport({ ...outside, kind: 'event' }, boughtFor('1'), now))).toEqual([]);
});
