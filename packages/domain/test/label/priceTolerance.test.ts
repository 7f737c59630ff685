import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactPrice, highestPrice, isTolerated, type PriceTolerance } from '../../src/index.ts';

const usd = (minor: number) => ({ minor, currency: 'USD' as const });
const price = fc.integer({ min: 1, max: 10_000_000 }).map(usd);
/** Hundredths of a percent, so that what is stated has two decimals. */
const percent = fc.option(fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100));
const minor = fc.option(fc.integer({ min: 0, max: 10_000_000 }));
const tolerance: fc.Arbitrary<PriceTolerance> = fc.record({ percent, minor });

describe('what a service may cost when it is quoted again', () => {
  test('the same price and any lower one are tolerated, whatever the seller said', () => {
    fc.assert(
      fc.property(price, tolerance, fc.integer({ min: 0, max: 10_000_000 }), (agreed, allowed, less) => {
        expect(isTolerated(agreed, usd(Math.max(0, agreed.minor - less)), allowed)).toBe(true);
      }),
    );
  });

  test('nothing above it is where the seller said nothing', () => {
    fc.assert(
      fc.property(price, fc.integer({ min: 1, max: 10_000_000 }), (agreed, more) => {
        expect(isTolerated(agreed, usd(agreed.minor + more), exactPrice)).toBe(false);
      }),
    );
  });

  test('both limits hold where both are set: a price is tolerated exactly up to the lower one', () => {
    fc.assert(
      fc.property(price, tolerance, (agreed, allowed) => {
        const highest = highestPrice(agreed, allowed);
        expect(isTolerated(agreed, highest, allowed)).toBe(true);
        expect(isTolerated(agreed, usd(highest.minor + 1), allowed)).toBe(false);
        const more = highest.minor - agreed.minor;
        if (allowed.minor !== null) expect(more).toBeLessThanOrEqual(allowed.minor);
        // In whole numbers: hundredths of a percent against ten-thousandths of the price.
        if (allowed.percent !== null)
          expect(BigInt(more) * 10_000n).toBeLessThanOrEqual(
            BigInt(agreed.minor) * BigInt(Math.round(allowed.percent * 100)),
          );
      }),
    );
  });

  test('more is tolerated by who allows more, and no other currency by anybody', () => {
    fc.assert(
      fc.property(price, price, tolerance, fc.integer({ min: 0, max: 1_000 }), (agreed, offered, allowed, more) => {
        const wider = { ...allowed, minor: allowed.minor === null ? null : allowed.minor + more };
        if (isTolerated(agreed, offered, allowed)) expect(isTolerated(agreed, offered, wider)).toBe(true);
        expect(isTolerated(agreed, { ...offered, currency: 'EUR' }, allowed)).toBe(false);
      }),
    );
  });

  test.for([
    [24_50, { percent: 10, minor: null }, 26_95],
    [24_50, { percent: null, minor: 1_00 }, 25_50],
    [24_50, { percent: 10, minor: 1_00 }, 25_50],
    [100_00, { percent: 1.1, minor: null }, 101_10],
    [99, { percent: 1, minor: null }, 99],
  ] as const)('%j with %j: up to %j', ([agreed, allowed, highest]) => {
    expect(highestPrice(usd(agreed), allowed)).toEqual(usd(highest));
  });
});
