import { type Money, parseMoney } from '@ge/domain';
import { z } from 'zod';

/** The decimal text of a wire amount as exact money; undefined for what is no such amount or negative. */
export function amountFromWire(text: string, currency: string): Money | undefined {
  const amount = signedAmountFromWire(text, currency);
  return amount && amount.minor >= 0 ? amount : undefined;
}

/** The same where an amount may be a credit. */
export function signedAmountFromWire(text: string, currency: string): Money | undefined {
  const parsed = parseMoney(text, currency);
  return parsed.ok ? parsed.value : undefined;
}

/** Turns a failed conversion into a failed parse, so that a reader has one way to say "unreadable". */
export function required<T>(value: T | undefined, context: z.core.$RefinementCtx): T {
  if (value !== undefined) return value;
  context.addIssue({ code: 'custom', message: 'not convertible' });
  return z.NEVER;
}
