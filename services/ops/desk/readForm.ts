import { queueNames } from '@ge/contracts';

/** What a form or a query said, or null for what is no such thing. */
const text = (value: unknown, pattern: RegExp): string | null =>
  typeof value === 'string' && pattern.test(value.trim()) ? value.trim() : null;

/** A queue of the catalogue; `*` and nothing are every queue. null = neither. */
export function readQueue(value: unknown): string | null {
  if (value === undefined || value === '' || value === '*') return '*';
  return typeof value === 'string' && queueNames.includes(value) ? value : null;
}

export const queuesOf = (queue: string): readonly string[] => (queue === '*' ? queueNames : [queue]);

/** A seller's id as the marketplace gives it; `-` is programme-wide work. Nothing = every seller. */
export const readSeller = (value: unknown): string | null =>
  value === undefined || value === '' ? '*' : text(value, /^[\x21-\x7e]{1,64}$/);

export const readFingerprint = (value: unknown): string | null => text(value, /^[\w-]{1,40}$/);

/** Messages a second, at most a thousand; nothing = all at once. */
export function readRate(value: unknown): number | null | undefined {
  if (value === undefined || value === '') return null;
  const rate = Number(value);
  return Number.isInteger(rate) && rate >= 1 && rate <= 1_000 ? rate : undefined;
}
