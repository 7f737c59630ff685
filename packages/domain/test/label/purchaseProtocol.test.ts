import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CarrierAbilities } from '../../src/index.ts';
import { aCarrier } from '../builders/aLabel.ts';
import { PurchaseWorld } from './purchaseWorld.ts';

const worker = fc.nat(2);
const step = <A>(arbitrary: fc.Arbitrary<A>, run: (world: PurchaseWorld, value: A) => void, name: string) =>
  arbitrary.map((value) => ({
    run: (world: PurchaseWorld) => run(world, value),
    toString: () => `${name}(${String(value)})`,
  }));

/** Anything anybody may do at any time, in any order, late, twice, or with a belief long out of date. */
const steps = fc.oneof(
  { arbitrary: step(worker, (w, n) => w.claim(n), 'claim'), weight: 4 },
  { arbitrary: step(worker, (w, n) => w.send(n, 'hash'), 'send'), weight: 4 },
  {
    arbitrary: step(
      fc.constantFrom('answered', 'answer_lost', 'refused', 'not_now', 'never_arrived'),
      (w, fate) => w.carry(fate),
      'carry',
    ),
    weight: 3,
  },
  { arbitrary: step(worker, (w, n) => w.settle(n), 'settle'), weight: 3 },
  { arbitrary: step(worker, (w, n) => w.resolve(n, false), 'resolve'), weight: 3 },
  step(worker, (w, n) => w.resolve(n, true), 'resolveLost'),
  step(worker, (w, n) => w.refuseUnsent(n), 'refuseUnsent'),
  step(
    fc.tuple(worker, fc.constantFrom('tolerated', 'too_dear', 'unavailable')),
    (w, [n, found]) => w.quoteAgain(n, found),
    'quoteAgain',
  ),
  step(worker, (w, n) => w.crash(n), 'crash'),
  step(worker, (w, n) => w.send(n, 'another body'), 'sendChanged'),
  step(fc.constant(0), (w) => w.askVoid(), 'askVoid'),
  step(
    fc.tuple(worker, fc.constantFrom('voided', 'refused', 'lost')),
    (w, [n, outcome]) => w.voidAtCarrier(n, outcome),
    'void',
  ),
  step(fc.constant(0), (w) => w.decideParked(), 'decideParked'),
  {
    arbitrary: step(
      fc.constantFrom(1, 5_000, 19_999, 20_000, 40_000, 59_999, 60_000, 3_600_000),
      (w, ms) => w.pass(ms),
      'pass',
    ),
    weight: 4,
  },
);

const carriers: readonly (readonly [string, CarrierAbilities])[] = [
  ['with keys and look-up', aCarrier()],
  ['with look-up only', aCarrier({ idempotencyKey: false })],
  ['with keys only', aCarrier({ lookUp: false })],
  ['with keys it soon forgets', aCarrier({ lookUp: false, keyLifetimeMs: 60_000 })],
  ['with neither', aCarrier({ lookUp: false, idempotencyKey: false })],
];

describe.each(carriers)('at a carrier %s', (_, carrier) => {
  test('one intent is charged at most once, a stale fence never writes, nothing follows an end state', () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 5, maxLength: 80 }), (sequence) => {
        const world = new PurchaseWorld(carrier);
        for (const { run } of sequence) {
          run(world);
          world.check();
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('whatever happened, an undisturbed end settles the intent: bought once, or provably not bought', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 50 }), (sequence) => {
        const world = new PurchaseWorld(carrier);
        for (const { run } of sequence) run(world);
        world.runToTheEnd();
        const { state } = world.label;
        expect(['purchased', 'refused', 'voided', 'void_refused']).toContain(state);
        if (state === 'purchased') expect(world.charges).toHaveLength(1);
        if (state === 'refused') expect(world.charges).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
