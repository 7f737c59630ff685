import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CarrierStanding,
  carriersAwaited,
  goodStanding,
  mayAskForMore,
  stopByHand,
  takesMoreLabels,
} from '../../src/index.ts';

const now = new Date('2026-11-22T10:00:00Z');
const retryAt = new Date('2026-11-22T10:01:00Z');
const standing = (carrierId: string, change: Partial<CarrierStanding> = {}): CarrierStanding => ({
  ...goodStanding(carrierId, now),
  ...change,
});
const works = standing('works');
const down = standing('down', { breaker: 'open', retryAt });
const tried = standing('tried', { breaker: 'half_open', retryAt });
const stopped = stopByHand(standing('stopped'), 'prices wrong', now);
const known = (...standings: readonly CarrierStanding[]) => new Map(standings.map((one) => [one.carrierId, one]));
const standings = known(works, down, tried, stopped);
const limit = 10;

test('what waits for carriers that are down, tried or stopped never keeps a batch from asking for more; what waits for others does from the limit on', () => {
  const count = fc.nat(1_000);
  fc.assert(
    fc.property(count, count, count, fc.integer({ min: 1, max: 1_000 }), (one, other, waiting, most) => {
      const unsent = new Map([
        ['works', one],
        ['unheard_of', other],
        ...['down', 'tried', 'stopped'].map((id) => [id, waiting] as const),
      ]);
      expect(mayAskForMore(unsent, standings, most)).toBe(one + other < most);
    }),
  );
});

test('a label is asked for at carriers that may be called, and at none that is not or has as many waiting as may', () => {
  const unsent = new Map([
    ['works', limit - 1],
    ['full', limit],
    ['down', limit - 1],
  ]);
  const taking = (at: Date) =>
    ['works', 'full', 'unheard_of', 'down', 'stopped'].filter((id) =>
      takesMoreLabels(id, unsent, standings, limit, at),
    );
  expect(taking(now)).toEqual(['works', 'unheard_of']);
  // Due to be tried.
  expect(taking(retryAt)).toEqual(['works', 'unheard_of', 'down']);
});

test('at a carrier that works and fails by turns no more labels wait than the limit and a slice', () => {
  const slice = 7;
  fc.assert(
    fc.property(fc.array(fc.record({ wasDown: fc.boolean(), asked: fc.nat(slice) })), (turns) => {
      let waiting = 0;
      for (const { wasDown, asked } of turns) {
        const unsent = new Map([['down', waiting]]);
        // It may be back by the time a slice that was begun without it is written.
        const begins = mayAskForMore(unsent, wasDown ? standings : known(), limit);
        if (begins && takesMoreLabels('down', unsent, known(), limit, now)) waiting += asked;
      }
      expect(waiting).toBeLessThan(limit + slice);
    }),
  );
});

test('a batch waits for the carriers that its labels are for and that are not called, until when', () => {
  const unsent = new Map([
    ['works', 1],
    ['down', 2],
    ['stopped', 3],
  ]);
  expect(carriersAwaited(unsent, 0, standings)).toEqual([
    { carrierId: 'down', labels: 2, isStopped: false, retryAt },
    { carrierId: 'stopped', labels: 3, isStopped: true, retryAt: null },
  ]);
});

test('what has stepped aside may wait for any carrier that is not called', () => {
  expect(carriersAwaited(new Map(), 1, known(works, down))).toEqual([
    { carrierId: 'down', labels: 0, isStopped: false, retryAt },
  ]);
});
