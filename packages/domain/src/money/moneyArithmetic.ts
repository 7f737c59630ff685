import { type Currency, type Money, money, zeroMoney } from './money.ts';

/** Two currencies met in one sum. A caller's mistake: amounts from outside are checked before they are added. */
export class CurrencyMismatchError extends Error {
  override readonly name = 'CurrencyMismatchError';
  readonly currencies: readonly [Currency, Currency];

  constructor(left: Currency, right: Currency) {
    super(`cannot combine ${left} with ${right}`);
    this.currencies = [left, right];
  }
}

const sameCurrency = (a: Money, b: Money): Currency => {
  if (a.currency !== b.currency) throw new CurrencyMismatchError(a.currency, b.currency);
  return a.currency;
};

/** Throws CurrencyMismatchError on two currencies, RangeError beyond 2^53 − 1 minor units; so do the others here. */
export const addMoney = (a: Money, b: Money): Money => money(a.minor + b.minor, sameCurrency(a, b));

/** The sum in `currency`; zero for an empty list. */
export const sumMoney = (amounts: Iterable<Money>, currency: Currency): Money => {
  let total = zeroMoney(currency);
  for (const amount of amounts) total = addMoney(total, amount);
  return total;
};

/** Negative, zero or positive, as `a` is less than, equal to or more than `b`. */
export const compareMoney = (a: Money, b: Money): -1 | 0 | 1 => {
  sameCurrency(a, b);
  if (a.minor === b.minor) return 0;
  return a.minor < b.minor ? -1 : 1;
};

/** A fraction of whole numbers, exact where a decimal would not be: one pound is `{ 45_359_237n / 100_000n }` grams. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * What becomes of a remainder: `up` away from zero, `down` towards zero,
 * `half_up` to the nearest with ties away from zero, `half_even` to the nearest with ties to the even one.
 */
export type Rounding = 'up' | 'down' | 'half_up' | 'half_even';

const abs = (n: bigint): bigint => (n < 0n ? -n : n);

function roundsAway(twiceRemainder: bigint, divisor: bigint, quotient: bigint, rounding: Rounding): boolean {
  switch (rounding) {
    case 'up':
      return true;
    case 'down':
      return false;
    case 'half_up':
      return twiceRemainder >= divisor;
    case 'half_even':
      return twiceRemainder > divisor || (twiceRemainder === divisor && quotient % 2n !== 0n);
  }
}

/** `amount × factor`, exact but for the last step, which rounds as told. Throws RangeError on a zero denominator. */
export function multiplyMoney(amount: Money, factor: Rational, rounding: Rounding): Money {
  if (factor.denominator === 0n) throw new RangeError('a factor cannot have the denominator zero');
  const product = BigInt(amount.minor) * factor.numerator;
  const negative = product < 0n !== factor.denominator < 0n;
  const divisor = abs(factor.denominator);
  const quotient = abs(product) / divisor;
  const remainder = abs(product) % divisor;
  const away = remainder !== 0n && roundsAway(remainder * 2n, divisor, quotient, rounding);
  const magnitude = away ? quotient + 1n : quotient;
  return money(Number(negative ? -magnitude : magnitude), amount.currency);
}

/** `amount × count` for a whole count; needs no rounding. */
export const timesMoney = (amount: Money, count: number): Money =>
  multiplyMoney(amount, { numerator: BigInt(count), denominator: 1n }, 'down');
