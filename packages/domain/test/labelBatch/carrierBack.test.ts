import { expect, test } from 'vitest';
import {
  askedOff,
  type CarrierStanding,
  carriersBack,
  goodStanding,
  letGoOn,
  nextBack,
  stopByHand,
} from '../../src/index.ts';

const now = new Date('2026-11-22T10:00:00Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const standing = (carrierId: string, change: Partial<CarrierStanding> = {}): CarrierStanding => ({
  ...goodStanding(carrierId, at(-3_600)),
  ...change,
});
const known = (...standings: readonly CarrierStanding[]) => new Map(standings.map((one) => [one.carrierId, one]));
const works = standing('works');
const down = standing('down', { breaker: 'open', openings: 1, retryAt: at(10) });
const closed = standing('closed', { openings: 1, since: at(20) });
const asked = askedOff(askedOff(standing('asked'), 'quote', 30_000, now), 'buy', 40_000, now);
const stopped = stopByHand(askedOff(standing('stopped'), 'buy', 10_000, now), 'prices wrong', now);
const letGo = letGoOn(stopByHand(standing('letGo'), 'prices wrong', now), at(50));
const all = known(works, down, closed, asked, stopped, letGo);

test('a carrier is back once it may be tried, is called as ever, or has had all that it asked for, for as long as something may wait', () => {
  const backAt = (seconds: number) => carriersBack(all, at(seconds)).map(({ carrierId }) => carrierId);
  expect([9, 10, 20, 39, 40, 50].map(backAt)).toEqual([
    [],
    ['down'],
    ['down', 'closed'],
    ['down', 'closed'],
    ['down', 'closed', 'asked'],
    ['down', 'closed', 'asked', 'letGo'],
  ]);
  expect(backAt(311)).toEqual(['closed', 'asked', 'letGo']);
  expect(backAt(351)).toEqual([]);
});

test('what stepped aside within the second in which others learn of it may have been told that it is away', () => {
  expect(carriersBack(known(down), at(10))).toEqual([{ carrierId: 'down', until: at(11) }]);
});

test('the next to come back of those that are awaited is known where it is down or asked for a pause, not where it is stopped', () => {
  expect(nextBack(['works', 'unheard_of', 'asked', 'down'], all, now)).toEqual(at(10));
  expect(nextBack(['asked'], all, now)).toEqual(at(40));
  expect(nextBack(['works', 'stopped'], all, now)).toBeNull();
  expect(nextBack(['down'], all, at(10))).toBeNull();
});
