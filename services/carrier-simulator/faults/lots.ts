import { createHash } from 'node:crypto';
import type { Lots } from './latency.ts';

/** Two lots, from 0 up to and never 1, for what is named: the same for the same names, whatever else is drawn. */
export function lotsOf(names: readonly unknown[]): Lots {
  const digest = createHash('sha256').update(JSON.stringify(names)).digest();
  return [digest.readUInt32BE(0) / 2 ** 32, digest.readUInt32BE(4) / 2 ** 32];
}
