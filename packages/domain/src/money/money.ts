/** ISO 4217 codes this programme settles in. */
export type Currency = 'USD' | 'CAD' | 'MXN' | 'GBP' | 'EUR' | 'JPY' | 'CNY';

/** An amount in integer minor units (cents; JPY has none, so yen). Never a float. */
export interface Money {
  readonly minor: number;
  readonly currency: Currency;
}

/** Digits after the decimal point of each currency (ISO 4217 exponent). */
export const currencyExponents: Readonly<Record<Currency, number>> = {
  USD: 2,
  CAD: 2,
  MXN: 2,
  GBP: 2,
  EUR: 2,
  JPY: 0,
  CNY: 2,
};

export const isCurrency = (code: string): code is Currency => Object.hasOwn(currencyExponents, code);

/** Whether the value holds a whole number of minor units in a known currency. */
export const isMoney = (value: Money): boolean => Number.isSafeInteger(value.minor) && isCurrency(value.currency);

/** An amount of whole minor units. Throws RangeError when `minor` is not a safe integer. */
export function money(minor: number, currency: Currency): Money {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not a whole number of minor units: ${minor}`);
  return { minor: minor === 0 ? 0 : minor, currency };
}

export const zeroMoney = (currency: Currency): Money => ({ minor: 0, currency });
