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
const asked = standing('asked', { noPurchasesBefore: retryAt });
const unquoted = standing('unquoted', { noQuotesBefore: retryAt });
const known = (...standings: readonly CarrierStanding[]) => new Map(standings.map((one) => [one.carrierId, one]));
const standings = known(works, down, tried, stopped, asked, unquoted);
const limit = 10;

test('what waits for carriers that are down, tried, stopped or asked for a pause never keeps a batch from asking for more; what waits for others does from the limit on', () => {
  const count = fc.nat(1_000);
  fc.assert(
    fc.property(count, count, count, fc.integer({ min: 1, max: 1_000 }), (one, other, waiting, most) => {
      const unsent = new Map([
        ['works', one],
        ['unheard_of', other],
        ...['down', 'tried', 'stopped', 'asked', 'unquoted'].map((id) => [id, waiting] as const),
      ]);
      expect(mayAskForMore(unsent, standings, most, now)).toBe(one + other < most);
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
    ['works', 'full', 'unheard_of', 'down', 'stopped', 'asked', 'unquoted'].filter((id) =>
      takesMoreLabels(id, unsent, standings, limit, at),
    );
  // One that wants no quotes sells what it has offered.
  expect(taking(now)).toEqual(['works', 'unheard_of', 'unquoted']);
  // Due to be tried; and the time that was asked for is over.
  expect(taking(retryAt)).toEqual(['works', 'unheard_of', 'down', 'asked', 'unquoted']);
});

test('at a carrier that works and fails by turns no more labels wait than the limit and a slice', () => {
  const slice = 7;
  fc.assert(
    fc.property(fc.array(fc.record({ wasDown: fc.boolean(), asked: fc.nat(slice) })), (turns) => {
      let waiting = 0;
      for (const { wasDown, asked } of turns) {
        const unsent = new Map([['down', waiting]]);
        // It may be back by the time a slice that was begun without it is written.
        const begins = mayAskForMore(unsent, wasDown ? standings : known(), limit, now);
        if (begins && takesMoreLabels('down', unsent, known(), limit, now)) waiting += asked;
      }
      expect(waiting).toBeLessThan(limit + slice);
    }),
  );
});

test('a batch waits for the carriers that its labels are for and that are not called, why and until when', () => {
  const unsent = new Map([
    ['works', 1],
    ['down', 2],
    ['stopped', 3],
    ['asked', 4],
    ['unquoted', 5],
  ]);
  expect(carriersAwaited(unsent, new Map(), standings, now)).toEqual([
    { carrierId: 'down', labels: 2, reason: 'down', retryAt },
    { carrierId: 'stopped', labels: 3, reason: 'stopped', retryAt: null },
    { carrierId: 'asked', labels: 4, reason: 'asked', retryAt },
    { carrierId: 'unquoted', labels: 5, reason: 'asked', retryAt },
  ]);
  expect(carriersAwaited(unsent, new Map(), known(asked, unquoted), retryAt)).toEqual([]);
});

test('what has stepped aside waits for the carriers that it has stepped aside for, and for no other that is not called', () => {
  const aside = new Map([
    ['works', 1],
    ['down', 1],
  ]);
  expect(carriersAwaited(new Map(), aside, known(works, down, stopped, asked), now)).toEqual([
    { carrierId: 'down', labels: 0, reason: 'down', retryAt },
  ]);
});
