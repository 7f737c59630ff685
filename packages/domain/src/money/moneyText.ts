import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { type Currency, currencyExponents, isCurrency, type Money } from './money.ts';
import { moneyRefusals } from './moneyRefusals.ts';

const AMOUNT = /^(-?)(\d{1,13})(?:\.(\d{1,4}))?$/;

/**
 * Reads a plain decimal such as `17.00`, `17.5` or `-3`: no grouping, no exponent, no sign but minus.
 * Refuses more decimals than the currency has rather than rounding them; `field` is where the text stood.
 */
export function parseMoney(text: string, currency: string, field = ''): Decision<Money> {
  if (!isCurrency(currency)) return refuse(moneyRefusals.refusal('money.currency_unknown', field));
  const parts = AMOUNT.exec(text);
  if (!parts) return refuse(moneyRefusals.refusal('money.malformed', field));
  const exponent = currencyExponents[currency];
  const decimals = parts[3] ?? '';
  if (decimals.length > exponent) {
    return refuse(moneyRefusals.refusal('money.too_precise', field, { currency, exponent }));
  }
  const minor = Number(`${parts[2]}${decimals.padEnd(exponent, '0')}`);
  return accept({ minor: parts[1] === '-' && minor !== 0 ? -minor : minor, currency });
}

/** The plain decimal that `parseMoney` reads back, with all decimals of the currency: `17.00`, `-0.05`, `120` (JPY). */
export function formatAmount(amount: Money): string {
  const exponent = currencyExponents[amount.currency];
  const digits = String(Math.abs(amount.minor)).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const sign = amount.minor < 0 ? '-' : '';
  return exponent === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-exponent)}`;
}

/** Amount and currency as texts show it: `17.00 USD`. */
export const formatMoney = (amount: Money): string => `${formatAmount(amount)} ${amount.currency}`;

/** Every currency code, for schemas and messages. */
export const currencies: readonly Currency[] = Object.keys(currencyExponents) as Currency[];
