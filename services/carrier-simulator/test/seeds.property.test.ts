import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FaultScriptInput, faultScript } from '../faults/effect.ts';
import { FaultProgramme } from '../faults/faultProgramme.ts';
import { isOpen } from '../faults/faultWindow.ts';
import { type LatencyShape, latencyMs } from '../faults/latency.ts';
import { lotsOf } from '../faults/lots.ts';

const at = new Date('2026-11-23T08:00:00Z');
const script = (seed: string): FaultScriptInput => ({
  lotteries: [
    { operation: 'buy', seed, draws: [{ share: 0.4, effect: { kind: 'error_after' } }] },
    { operation: 'look_up', seed, draws: [{ share: 0.4, effect: { kind: 'listed_twice' } }] },
    { operation: 'webhook', seed, draws: [{ share: 0.4, effect: { kind: 'duplicated' } }] },
  ],
  latencies: [{ seed, takes: { shape: 'lognormal', medianMs: 80, sigma: 1 } }],
});

type Happening = readonly [reference: string, operation: 'buy' | 'look_up' | 'webhook'];

/** What each happening of each reference came to, in its own order. */
function fates(seed: string, happenings: readonly Happening[]): Record<string, unknown[]> {
  const programme = new FaultProgramme();
  programme.add(faultScript.parse(script(seed)), at);
  const fated: Record<string, unknown[]> = {};
  for (const [reference, operation] of happenings) {
    const name = `${reference} ${operation}`;
    fated[name] ??= [];
    const own = fated[name];
    const carrier = 'express';
    const askedBefore = () => own.length;
    if (operation === 'webhook') own.push(programme.drawWebhook({ carrier, reference, askedBefore }));
    else {
      const question = { carrier, operation, reference, askedBefore } as const;
      own.push([programme.draw(question), programme.latencyMs(question)]);
    }
  }
  return fated;
}

const happening = fc.tuple(fc.constantFrom('lbl_a', 'lbl_b', 'lbl_c'), fc.constantFrom('buy', 'look_up', 'webhook'));

describe('the same seed', () => {
  it('gives each reference the same fate and the same waits, in whatever order calls and notifications come', () => {
    const shuffled = fc
      .array(happening, { maxLength: 40 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 20 }), shuffled, (seed, [list, other]) => {
        expect(fates(seed, other as Happening[])).toEqual(fates(seed, list as Happening[]));
      }),
    );
  });

  it('opens windows at the same times after they began, once in each span and for as long as was said', () => {
    const times = fc
      .tuple(fc.integer({ min: 2, max: 400 }), fc.integer({ min: 1, max: 399 }), fc.string({ minLength: 1 }))
      .filter(([span, open]) => open < span);
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 20 }), fc.integer(), ([ms, forMs, seed], turn, shift) => {
        const openIn = (from: Date) => {
          const window = { from, forMs, every: { ms, seed } };
          return Array.from({ length: ms }, (_, i) => isOpen(window, new Date(from.getTime() + turn * ms + i)));
        };
        const open = openIn(at);
        expect(open.filter(Boolean)).toHaveLength(forMs);
        expect(open.lastIndexOf(true) - open.indexOf(true)).toBe(forMs - 1);
        expect(openIn(new Date(at.getTime() + shift))).toEqual(open);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a window that is open once', () => {
  it.each([
    [-1, false],
    [0, true],
    [999, true],
    [1_000, false],
  ])('%i ms after its beginning: %s', (ms, open) => {
    expect(isOpen({ from: at, forMs: 1_000 }, new Date(at.getTime() + ms))).toBe(open);
  });
});

describe('how long answers take', () => {
  const sorted = (takes: LatencyShape) =>
    Array.from({ length: 4_000 }, (_, i) => latencyMs(takes, lotsOf(['seed', i]), 60_000)).sort((a, b) => a - b);
  const share = (values: readonly number[], of: number) => values[Math.floor(values.length * of)]!;

  it('follows the shape that was named', () => {
    const normal = sorted({ shape: 'normal', meanMs: 200, deviationMs: 40 });
    expect(share(normal, 0.5)).toBeGreaterThan(195);
    expect(share(normal, 0.5)).toBeLessThan(205);
    expect(share(normal, 0.84) - share(normal, 0.5)).toBeGreaterThan(35);
    expect(share(normal, 0.84) - share(normal, 0.5)).toBeLessThan(45);
    const lognormal = sorted({ shape: 'lognormal', medianMs: 80, sigma: 0.5 });
    expect(share(lognormal, 0.5)).toBeGreaterThan(76);
    expect(share(lognormal, 0.5)).toBeLessThan(84);
    expect(share(lognormal, 0.95) / share(lognormal, 0.5)).toBeGreaterThan(2);
    expect(share(lognormal, 0.95) / share(lognormal, 0.5)).toBeLessThan(2.6);
    const tail = sorted({ shape: 'long_tail', leastMs: 50, alpha: 1 });
    expect(tail[0]).toBeGreaterThanOrEqual(50);
    expect(share(tail, 0.5)).toBeLessThan(110);
    expect(share(tail, 0.99)).toBeGreaterThan(3_000);
    expect(new Set(sorted({ shape: 'constant', ms: 7 }))).toEqual(new Set([7]));
  });

  it('is never below nothing nor above the most, whatever is drawn', () => {
    const lot = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((value) => value / 2 ** 32);
    const shape: fc.Arbitrary<LatencyShape> = fc.oneof(
      fc.record({ shape: fc.constant('normal'), meanMs: fc.nat(1_000), deviationMs: fc.nat(1_000) }),
      fc.record({
        shape: fc.constant('lognormal'),
        medianMs: fc.nat(1_000),
        sigma: fc.double({ min: 0, max: 5, noNaN: true }),
      }),
      fc.record({
        shape: fc.constant('long_tail'),
        leastMs: fc.nat(1_000),
        alpha: fc.double({ min: 0.2, max: 20, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(shape, lot, lot, (takes, first, second) => {
        const ms = latencyMs(takes, [first, second], 1_500);
        expect(Number.isInteger(ms) && ms >= 0 && ms <= 1_500).toBe(true);
      }),
    );
  });
});
