import { expect, test } from 'vitest';
import { judgeReport } from '../../src/label/trackingReport.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const at = (ms: number) => new Date(now.getTime() + ms);
const codes = (decision: ReturnType<typeof judgeReport>) =>
  decision.ok ? [] : decision.refusals.map(({ code, field }) => `${code} ${field}`);

test('a report of what is known and has happened is recorded, though clocks differ by some minutes (R17)', () => {
  for (const happenedAt of [at(-86_400_000), now, at(5 * 60_000)]) {
    expect(codes(judgeReport({ kind: 'event', trackingId: 'T', happenedAt }, true, now))).toEqual([]);
  }
});

test('a report of the future, of an unknown label or of an unknown order is refused where it stands', () => {
  const event = { kind: 'event', trackingId: 'T', happenedAt: now } as const;
  const outside = { kind: 'outside_label', orderId: '1', happenedAt: now } as const;
  expect(codes(judgeReport({ ...event, happenedAt: at(5 * 60_000 + 1) }, true, now, '/events/3'))).toEqual([
    'tracking_event.in_future /events/3/happenedAt',
  ]);
  expect(codes(judgeReport(event, false, now, '/events/0'))).toEqual(['label.tracking_unknown /events/0/trackingId']);
  expect(codes(judgeReport(outside, false, now, '/events/1'))).toEqual(['order.unknown /events/1/orderId']);
});
