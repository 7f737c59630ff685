import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Pace, paceAfter, standstill, type WindowBounds, windowSize } from '../src/windowSize.ts';

const bounds: WindowBounds = { least: 200, most: 100_000, aheadMs: 200 };

interface Workers {
  /** Messages they hold at once, and finish in a second while they find some. */
  readonly capacity: number;
  readonly perSecond: number;
}

/** Looks at a queue with no end of a backlog, for four seconds at least. Returns what each of them found and decided. */
function looks({ capacity, perSecond }: Workers, lookMs: number, given: WindowBounds = bounds) {
  let pace: Pace = standstill;
  let underWay = 0;
  const canFinish = Math.floor((perSecond * lookMs) / 1_000);
  const seen: { isDry: boolean; waiting: number; size: number }[] = [];
  for (let look = 0; look < 20 + 4_000 / lookMs; look += 1) {
    const finished = Math.min(underWay, canFinish);
    underWay -= finished;
    const held = Math.min(capacity, underWay);
    pace = paceAfter(pace, finished, lookMs);
    const size = windowSize(held, pace, given);
    seen.push({ isDry: finished < canFinish, waiting: underWay - held, size });
    underWay = Math.max(underWay, size);
  }
  return seen;
}

const workers = fc.record({
  capacity: fc.integer({ min: 1, max: 5_000 }),
  perSecond: fc.integer({ min: 1, max: 50_000 }),
});
const lookMs = fc.integer({ min: 5, max: 2_000 });

test('the window stays within its bounds, whatever was held and finished', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 1e6 }),
      fc.array(fc.tuple(fc.nat({ max: 1e5 }), fc.nat({ max: 1e5 }))),
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 1, max: 100_000 }),
      (held, history, least, most) => {
        const pace = history.reduce((before, [finished, ms]) => paceAfter(before, finished, ms), standstill);
        const size = windowSize(held, pace, { least, most, aheadMs: 200 });
        expect(size).toBeGreaterThanOrEqual(least);
        expect(size).toBeLessThanOrEqual(Math.max(least, most));
      },
    ),
  );
});

test('workers do not run dry once the window has followed their pace, however seldom looks come', () => {
  fc.assert(
    fc.property(workers, lookMs, (some, ms) => {
      const settled = looks(some, ms).slice(-10);
      for (const { isDry, size } of settled) expect(isDry && size < bounds.most).toBe(false);
    }),
  );
});

test('what waits in Redis is done in the time ahead: a newcomer waits behind no more than that, or the least window', () => {
  fc.assert(
    fc.property(workers, lookMs, (some, ms) => {
      const ahead = Math.max(bounds.aheadMs, 2 * ms);
      for (const { waiting } of looks(some, ms))
        expect(waiting).toBeLessThanOrEqual(Math.max(bounds.least, (some.perSecond * ahead) / 1_000) + 1);
    }),
  );
});

test('slow work that is held hides nothing: however much workers hold, there is room for more to wait beside it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), (capacity) => {
      const [last] = looks({ capacity, perSecond: 10 }, 20, { ...bounds, least: 2_000 }).slice(-1);
      expect(last!.size).toBeGreaterThanOrEqual(capacity + 500);
      expect(last!.waiting).toBeGreaterThan(0);
    }),
  );
});
