import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencyExponents, isMoney, type Money, money } from '../../src/money/money.ts';
import {
  addMoney,
  CurrencyMismatchError,
  compareMoney,
  multiplyMoney,
  type Rounding,
  sumMoney,
  timesMoney,
} from '../../src/money/moneyArithmetic.ts';
import { currencies, formatAmount, formatMoney, parseMoney } from '../../src/money/moneyText.ts';

const usd = (minor: number) => money(minor, 'USD');
const anyMinor = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
const anyUsd = anyMinor.map(usd);
const anyMoney = fc.record({ minor: anyMinor, currency: fc.constantFrom(...currencies) });

const value = (text: string, currency = 'USD'): Money | string => {
  const decision = parseMoney(text, currency, '/fee');
  return decision.ok ? decision.value : decision.refusals[0]!.code;
};

describe('money', () => {
  test('an amount is a whole number of minor units', () => {
    expect(() => money(0.5, 'USD')).toThrow(RangeError);
    expect(() => money(2 ** 53, 'USD')).toThrow(RangeError);
    expect(() => money(Number.NaN, 'USD')).toThrow(RangeError);
    expect(Object.is(money(-0, 'USD').minor, 0)).toBe(true);
    expect(isMoney({ minor: 1.5, currency: 'USD' })).toBe(false);
    expect(isMoney({ minor: 1, currency: 'XXX' as never })).toBe(false);
  });

  test('two currencies never meet in one sum', () => {
    const yen = money(100, 'JPY');
    expect(() => addMoney(usd(1), yen)).toThrow(CurrencyMismatchError);
    expect(() => compareMoney(usd(1), yen)).toThrow(CurrencyMismatchError);
    expect(() => sumMoney([usd(1), yen], 'USD')).toThrow(CurrencyMismatchError);
  });

  test('an amount beyond exact integers is an error, never a rounded one', () => {
    expect(() => addMoney(usd(Number.MAX_SAFE_INTEGER), usd(1))).toThrow(RangeError);
    expect(() => timesMoney(usd(10 ** 12), 10 ** 6)).toThrow(RangeError);
  });

  test('addition commutes, and comparing the other way round turns the sign', () => {
    fc.assert(
      fc.property(anyUsd, anyUsd, (a, b) => {
        expect(addMoney(a, b)).toEqual(addMoney(b, a));
        expect(compareMoney(a, b) + compareMoney(b, a)).toBe(0);
      }),
    );
  });

  test('a sum does not depend on the order of its amounts', () => {
    fc.assert(
      fc.property(fc.array(anyUsd, { maxLength: 20 }), (amounts) => {
        expect(sumMoney(amounts, 'USD')).toEqual(sumMoney(amounts.toReversed(), 'USD'));
      }),
    );
  });
});

describe('rounding', () => {
  const half = { numerator: 1n, denominator: 2n };
  const cases: readonly (readonly [number, Rounding, number])[] = [
    [5, 'up', 3],
    [5, 'down', 2],
    [5, 'half_up', 3],
    [5, 'half_even', 2],
    [7, 'half_even', 4],
    [-5, 'up', -3],
    [-5, 'down', -2],
    [-5, 'half_up', -3],
    [-5, 'half_even', -2],
    [4, 'up', 2],
  ];
  test.each(cases)('half of %i, rounded %s, is %i', (minor, rounding, expected) => {
    expect(multiplyMoney(usd(minor), half, rounding).minor).toBe(expected);
  });

  test('a product is within one unit of the exact one, on the side the rounding names', () => {
    const factor = fc.record({
      numerator: fc.bigInt({ min: -1000n, max: 1000n }),
      denominator: fc.bigInt({ min: 1n, max: 1000n }),
    });
    fc.assert(
      fc.property(anyUsd, factor, (amount, f) => {
        const exact = BigInt(amount.minor) * f.numerator;
        const off = (rounding: Rounding) => BigInt(multiplyMoney(amount, f, rounding).minor) * f.denominator - exact;
        const away = exact < 0n ? -off('up') : off('up');
        const towards = exact < 0n ? -off('down') : off('down');
        expect(away >= 0n && away < f.denominator).toBe(true);
        expect(towards <= 0n && -towards < f.denominator).toBe(true);
        const nearest = off('half_up') < 0n ? -off('half_up') : off('half_up');
        expect(nearest * 2n <= f.denominator).toBe(true);
      }),
    );
  });

  test('a negative denominator only turns the sign; a zero one is an error', () => {
    expect(multiplyMoney(usd(10), { numerator: 1n, denominator: -2n }, 'down').minor).toBe(-5);
    expect(() => multiplyMoney(usd(1), { numerator: 1n, denominator: 0n }, 'up')).toThrow(RangeError);
  });
});

describe('money as text', () => {
  test.each([
    ['17.00', usd(1700)],
    ['17', usd(1700)],
    ['17.5', usd(1750)],
    ['-0.05', usd(-5)],
    ['0.00', usd(0)],
    ['-0', usd(0)],
    ['0012.30', usd(1230)],
  ])('%j is read exactly', (text, amount) => {
    expect(value(text)).toEqual(amount);
  });

  test.each(['', '.5', '5.', '1,000.00', '1e3', '+1', ' 1', '1 ', '0x10', '٣', 'NaN', '1.2.3', '9'.repeat(14)])(
    '%j is refused',
    (text) => {
      expect(value(text)).toBe('money.malformed');
    },
  );

  test('more decimals than the currency has are refused, not rounded', () => {
    expect(value('1.005')).toBe('money.too_precise');
    expect(value('100.0', 'JPY')).toBe('money.too_precise');
    expect(value('100', 'JPY')).toEqual(money(100, 'JPY'));
    expect(value('1', 'CHF')).toBe('money.currency_unknown');
  });

  test('what is written is read back, in every currency', () => {
    fc.assert(
      fc.property(anyMoney, (amount) => {
        expect(value(formatAmount(amount), amount.currency)).toEqual(amount);
      }),
    );
    expect(formatMoney(usd(-5))).toBe('-0.05 USD');
    expect(formatMoney(money(120, 'JPY'))).toBe('120 JPY');
    expect(currencies).toEqual(Object.keys(currencyExponents));
  });
});
