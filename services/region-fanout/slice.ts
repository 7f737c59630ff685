import { isAlone, type Transaction } from '@ge/database';
import type { Job } from '@ge/runtime';

/** Of a slice while nobody else waits: what is left of it where somebody does. */
const share = 8;

/** Templates in a slice that somebody waits for: short enough for turns. */
export const shortSlice = (size: number): number => Math.max(1, Math.floor(size / share));

/**
 * Templates in all that the slices of one transaction take: `size`, which makes the most of a transaction, while no other
 * seller waits for a turn in this queue; else few enough for turns to stay short.
 */
export async function sliceFor(tx: Transaction, jobs: readonly Job[], size: number): Promise<number> {
  const [first, ...others] = new Set(jobs.map(({ message }) => message.sellerId));
  const alone = others.length === 0 && (await isAlone(tx, jobs[0]!.message.queue, first!));
  return alone ? size : shortSlice(size);
}
