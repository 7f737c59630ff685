import { isDeepStrictEqual } from 'node:util';

/** One thing that must come out as worked out beforehand. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Compares by value; the order of an object's keys does not matter. */
export const check = (name: string, expected: unknown, actual: unknown): Check => ({
  name,
  ok: isDeepStrictEqual(plain(expected), plain(actual)),
  expected,
  actual,
});

/** What JSON would keep of it: undefined fields do not count. */
const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));
