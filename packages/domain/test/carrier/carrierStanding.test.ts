import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  admitCall,
  afterCalls,
  afterProbe,
  type CarrierStanding,
  goodStanding,
  isCalledAsEver,
  isTroubled,
  type JudgedCall,
  letGoOn,
  pauseOf,
  stopByHand,
} from '../../src/carrier/carrierStanding.ts';
import { aBreakerRule } from '../builders/aBreakerRule.ts';

const rule = aBreakerRule;
const start = new Date('2026-11-27T00:00:00Z');
const at = (ms: number) => new Date(start.getTime() + ms);
const heardOf = (...ends: readonly boolean[]) => ({
  answered: ends.filter((end) => end).length,
  failed: ends.filter((end) => !end).length,
  failedLast: ends.length - 1 - ends.lastIndexOf(true),
});
const fail = (standing: CarrierStanding, times: number, now: Date, call: JudgedCall = 'buy') =>
  afterCalls(standing, call, heardOf(...Array<boolean>(times).fill(false)), rule, now);

describe('the standing of a carrier', () => {
  it('opens after failures in a row, whatever another kind of call says', () => {
    const four = afterCalls(fail(goodStanding('c', start), 4, start), 'quote', heardOf(true), rule, start);
    expect(four.breaker).toBe('closed');
    expect(fail(four, 1, at(10))).toMatchObject({ breaker: 'open', openings: 1, retryAt: at(110) });
    const stale = afterCalls(four, 'buy', { answered: 0, failed: 1, failedLast: 0 }, rule, start);
    expect(stale.breaker).toBe('closed');
    const answered = afterCalls(four, 'buy', heardOf(true), rule, start);
    expect(fail(answered, 4, start).breaker).toBe('closed');
  });

  it('opens by the share of failures in its sliding window, and forgets what is older', () => {
    const turns = Array.from({ length: 8 }, (_, no) => no % 2 === 1);
    const nine = afterCalls(goodStanding('c', start), 'buy', heardOf(...turns, true), rule, start);
    expect(nine.breaker).toBe('closed');
    expect(fail(nine, 1, at(1_500)).breaker).toBe('open');
    expect(fail(nine, 1, at(2_500)).breaker).toBe('closed');
    expect(isTroubled(afterCalls(nine, 'buy', heardOf(true), rule, at(900)), rule, at(1_900))).toBe(true);
    expect(isTroubled(nine, rule, at(2_500))).toBe(false);
  });

  it('lets one call try after a pause, and another when nothing is heard of it', () => {
    const open = fail(goodStanding('c', start), 5, start);
    expect(admitCall(open, rule, at(99))).toEqual({ kind: 'hold', until: at(100) });
    const first = admitCall(open, rule, at(100));
    if (first.kind !== 'probe') throw new Error(first.kind);
    expect(admitCall(first.standing, rule, at(399))).toEqual({ kind: 'hold', until: at(400) });
    expect(admitCall(first.standing, rule, at(400)).kind).toBe('probe');
    expect(afterProbe(first.standing, true, rule, at(150)).breaker).toBe('closed');
    expect(afterProbe(first.standing, false, rule, at(150))).toMatchObject({ breaker: 'open', retryAt: at(350) });
  });

  it('pauses longer each time that it opens again soon, and as at first after a calm time', () => {
    let standing = goodStanding('c', start);
    const pauses: number[] = [];
    let now = start;
    for (let opening = 0; opening < 7; opening += 1) {
      standing = fail(standing, 5, now);
      pauses.push(standing.retryAt!.getTime() - now.getTime());
      now = standing.retryAt!;
      const probe = admitCall(standing, rule, now);
      standing = afterProbe(probe.kind === 'probe' ? probe.standing : standing, true, rule, now);
    }
    expect(pauses).toEqual([100, 200, 400, 800, 1_600, 1_600, 1_600]);
    const calm = new Date(now.getTime() + 3_201);
    expect(fail(standing, 5, calm)).toMatchObject({ openings: 1 });
  });
});

type Event =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'calls'; readonly call: JudgedCall; readonly ends: readonly boolean[] }
  | { readonly kind: 'ask' }
  | { readonly kind: 'probe_ends'; readonly answered: boolean };

const events = fc.array(
  fc.oneof<fc.Arbitrary<Event>[]>(
    fc.record({ kind: fc.constant('wait'), ms: fc.nat(2_500) }),
    fc.record({
      kind: fc.constant('calls'),
      call: fc.constantFrom<JudgedCall[]>('quote', 'buy'),
      ends: fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
    }),
    fc.record({ kind: fc.constant('ask') }),
    fc.record({ kind: fc.constant('probe_ends'), answered: fc.boolean() }),
  ),
  { maxLength: 60 },
);

describe('whatever happens', () => {
  it('an open carrier is called by one at a time and not before its pause is over, and is never held for ever', () => {
    fc.assert(
      fc.property(events, (course) => {
        let standing = goodStanding('c', start);
        let now = 0;
        let probing = false;
        for (const event of course) {
          const before = standing;
          if (event.kind === 'wait') now += event.ms;
          if (event.kind === 'calls') {
            standing = afterCalls(standing, event.call, heardOf(...event.ends), rule, at(now));
            // Nothing but a try changes what is not closed, and answers alone open nothing.
            if (before.breaker !== 'closed') expect(standing).toBe(before);
            if (event.ends.every((end) => end)) expect(standing.breaker).toBe(before.breaker);
          }
          if (event.kind === 'probe_ends' && probing) {
            standing = afterProbe(standing, event.answered, rule, at(now));
            probing = false;
            expect(standing.breaker).toBe(event.answered ? 'closed' : 'open');
          }
          if (event.kind === 'ask') {
            const admission = admitCall(standing, rule, at(now));
            expect(admission.kind === 'call').toBe(standing.breaker === 'closed');
            if (admission.kind === 'hold') expect(admission.until.getTime()).toBeGreaterThan(at(now).getTime());
            if (admission.kind === 'probe') {
              expect(at(now).getTime()).toBeGreaterThanOrEqual(standing.retryAt!.getTime());
              expect(admitCall(admission.standing, rule, at(now)).kind).toBe('hold');
              standing = admission.standing;
              probing = true;
            }
          }
          expect(standing.retryAt === null).toBe(standing.breaker === 'closed');
          const longest = Math.max(rule.longestPauseMs, rule.probeMs);
          expect(admitCall(standing, rule, at(now + longest)).kind).not.toBe('hold');
        }
      }),
    );
  });

  it('a carrier that people have stopped is not called until they let it go on, and then as ever', () => {
    fc.assert(
      fc.property(events, fc.nat(60), (course, stopAfter) => {
        let standing = goodStanding('c', start);
        let now = 0;
        for (const [no, event] of course.entries()) {
          if (no === stopAfter) standing = stopByHand(standing, 'prices wrong', at(now));
          if (event.kind === 'wait') now += event.ms;
          if (event.kind === 'calls')
            standing = afterCalls(standing, event.call, heardOf(...event.ends), rule, at(now));
          if (event.kind === 'probe_ends') standing = afterProbe(standing, event.answered, rule, at(now));
          const admission = admitCall(standing, rule, at(now));
          if (event.kind === 'ask' && admission.kind === 'probe') standing = admission.standing;
          if (no < stopAfter) continue;
          expect(admission.kind).toBe('hold');
          expect(standing.stopReason).toBe('prices wrong');
          const again = stopByHand(standing, 'contract ended', at(now + 1));
          expect(again).toEqual({ ...standing, stopReason: 'contract ended' });
          expect(stopByHand(again, 'contract ended', at(now + 2))).toBe(again);
        }
        const good = letGoOn(standing, at(now));
        expect(isCalledAsEver(good)).toBe(true);
        expect(admitCall(good, rule, at(now))).toEqual({ kind: 'call' });
        expect(letGoOn(good, at(now + 1))).toBe(good);
      }),
    );
  });

  it('pauses never shrink as openings grow, and have an end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (openings) => {
        expect(pauseOf(openings + 1, rule)).toBeGreaterThanOrEqual(pauseOf(openings, rule));
        expect(pauseOf(openings, rule)).toBeLessThanOrEqual(rule.longestPauseMs);
      }),
    );
  });
});
