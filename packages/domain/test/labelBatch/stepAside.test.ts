import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  goodStanding,
  type HeldReason,
  isComingBack,
  serviceRefusals,
  stepAside,
  stopByHand,
} from '../../src/index.ts';
import { codesOf, granted } from '../builders/refused.ts';

const began = new Date('2026-11-22T10:00:00Z');
const after = (ms: number) => new Date(began.getTime() + ms);
const unanswered = [
  serviceRefusals.refusal('TEMPORARILY_UNAVAILABLE', ''),
  serviceRefusals.refusal('TEMPORARILY_UNAVAILABLE', ''),
];
const inVain = { carrierIds: ['c'], unanswered, isComingBack: false };
const minute = 60_000;

test('carriers are asked again after a pause as long as the wait so far: 5 s at first, 5 minutes at most', () => {
  const pauseAfter = (waitedMs: number) => {
    const now = after(waitedMs);
    const { askAgainAt } = granted(stepAside({ offerlessSince: began }, inVain, 60 * minute, now));
    return askAgainAt!.getTime() - now.getTime();
  };
  expect([0, 5_000, 10_000, minute, 9 * minute].map(pauseAfter)).toEqual([5_000, 5_000, 10_000, minute, 5 * minute]);
});

test('however long it may wait, it is asked for the last time when its time is over, and then refused, each reason once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 48 * 60 * minute }), (awaitedMs) => {
      let item = { offerlessSince: null as Date | null };
      let now = began;
      for (let asked = 1; ; asked += 1) {
        const aside = stepAside(item, inVain, awaitedMs, now);
        if (!aside.ok) {
          expect(now).toEqual(after(awaitedMs));
          expect(codesOf(aside)).toEqual(['label_batch.no_answer', 'TEMPORARILY_UNAVAILABLE']);
          return;
        }
        expect(aside.value).toMatchObject({ offerlessSince: began, awaitedCarriers: ['c'] });
        expect(aside.value.askAgainAt!.getTime()).toBeGreaterThan(now.getTime());
        expect(asked).toBeLessThan(600);
        item = aside.value;
        now = aside.value.askAgainAt!;
      }
    }),
  );
});

test('while one of its carriers is coming back it is never refused, however long it has waited, and looked at every five minutes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 48 * 60 * minute }), fc.nat(48 * 60 * minute), (awaitedMs, waitedMs) => {
      const now = after(waitedMs);
      const aside = granted(stepAside({ offerlessSince: began }, { ...inVain, isComingBack: true }, awaitedMs, now));
      expect(aside.offerlessSince).toEqual(began);
      const pauseMs = aside.askAgainAt!.getTime() - now.getTime();
      expect(pauseMs).toBe(Math.min(Math.max(5_000, waitedMs), 5 * minute));
    }),
  );
});

const works = goodStanding('works', began);
const is = (carrierId: string, breaker: 'open' | 'half_open') => ({ ...works, carrierId, breaker, retryAt: began });
const standings = new Map(
  [
    works,
    is('down', 'open'),
    is('tried', 'half_open'),
    stopByHand(goodStanding('stopped', began), 'prices wrong', began),
  ].map((standing) => [standing.carrierId, standing]),
);

test('a carrier that was not asked is coming back where it works or is being tried, not where it is down or stopped', () => {
  const comingBack = ['works', 'unheard_of', 'tried', 'down', 'stopped'].filter((carrierId) =>
    isComingBack([{ carrierId, held: 'down' }], standings),
  );
  expect(comingBack).toEqual(['works', 'unheard_of', 'tried']);
});

test('one that was asked in vain, or asked for a pause itself, has given no answer, though it works; one of several that was not is enough', () => {
  const silent = (held: HeldReason | null) => ({ carrierId: 'works', held });
  const reasons = [null, 'asked', 'limit', 'late', 'down', 'stopped'] as const;
  expect(reasons.filter((held) => isComingBack([silent(held)], standings))).toEqual([
    'limit',
    'late',
    'down',
    'stopped',
  ]);
  expect(isComingBack([silent(null), silent('late')], standings)).toBe(true);
  expect(isComingBack([silent(null), { carrierId: 'down', held: 'limit' }], standings)).toBe(false);
  expect(isComingBack([], standings)).toBe(false);
});
