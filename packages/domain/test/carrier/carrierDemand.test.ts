import { expect, test } from 'vitest';
import { askedOff, askedOffUntil, isLongDemand } from '../../src/carrier/carrierDemand.ts';
import { afterCalls, afterProbe, goodStanding, letGoOn, stopByHand } from '../../src/carrier/carrierStanding.ts';
import { aBreakerRule } from '../builders/aBreakerRule.ts';

const now = new Date('2026-11-22T10:00:00Z');
const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const asked = askedOff(goodStanding('c', now), 'buy', 600_000, now);

test('what a carrier asks for holds for calls of its kind until its time is over, and a shorter demand does not shorten it', () => {
  expect(askedOffUntil(asked, 'buy', after(599))).toEqual(after(600));
  expect(askedOffUntil(asked, 'buy', after(600))).toBeNull();
  expect(askedOffUntil(asked, 'quote', now)).toBeNull();
  expect(askedOff(asked, 'buy', 60_000, after(500))).toBe(asked);
  expect(askedOffUntil(askedOff(asked, 'buy', 60_000, after(580)), 'buy', now)).toEqual(after(640));
});

test('only a time longer than a carrier that is down is left alone at first belongs to its standing', () => {
  expect([5_000, 5_001].map((ms) => isLongDemand(ms, { pauseMs: 5_000 }))).toEqual([false, true]);
});

test('neither a breaker that opens and closes nor people who let the carrier go on end what it asked for', () => {
  const rule = { ...aBreakerRule, failuresInRow: 1 };
  const open = afterCalls(asked, 'buy', { answered: 0, failed: 1, failedLast: 1 }, rule, now);
  expect(open.breaker).toBe('open');
  for (const standing of [open, afterProbe(open, true, rule, now), letGoOn(stopByHand(asked, 'x', now), now)]) {
    expect(askedOffUntil(standing, 'buy', now)).toEqual(after(600));
  }
});
