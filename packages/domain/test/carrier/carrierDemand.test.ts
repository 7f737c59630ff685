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

const rule = { ...aBreakerRule, failuresInRow: 1 };
const failed = { answered: 0, failed: 1, failedLast: 1 };

test('neither a breaker that opens and closes nor people who stop the carrier end what it asked for', () => {
  const open = afterCalls(asked, 'buy', failed, rule, now);
  expect(open.breaker).toBe('open');
  for (const standing of [open, afterProbe(open, true, rule, now), stopByHand(asked, 'x', now)]) {
    expect(askedOffUntil(standing, 'buy', now)).toEqual(after(600));
  }
});

test('people who let the carrier go on end what it asked for, stopped or not; what it asks for afterwards holds, and both outlive its breaker', () => {
  for (const standing of [asked, stopByHand(asked, 'x', now), afterCalls(asked, 'buy', failed, rule, now)]) {
    const free = letGoOn(standing, after(1));
    expect(free).toEqual({ ...goodStanding('c', after(1)), letGoAt: after(1) });
    expect(letGoOn(free, after(2))).toBe(free);
    const again = askedOff(free, 'quote', 60_000, after(2));
    const open = afterCalls(again, 'buy', failed, rule, after(3));
    for (const later of [again, open, afterProbe(open, true, rule, after(4))]) {
      expect(askedOffUntil(later, 'quote', after(5))).toEqual(after(62));
      expect(later.letGoAt).toEqual(after(1));
    }
  }
  // What is over need not be ended.
  expect(letGoOn(asked, after(600))).toBe(asked);
});
