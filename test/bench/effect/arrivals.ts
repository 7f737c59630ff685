import { setTimeout as wait } from 'node:timers/promises';

export interface Arrivals {
  readonly perSecond: number;
  /** How many come together, in one transaction or one call. */
  readonly together: number;
  readonly count: number;
}

/**
 * An open load: every group is accepted when it is due, however long those before it take. `accept` gets the moment by the
 * wall clock at which its group was due, from which its waiting counts. Resolves when the last one is accepted.
 */
export async function arrive(
  { perSecond, together, count }: Arrivals,
  accept: (nos: readonly number[], dueAt: number) => Promise<unknown>,
): Promise<void> {
  const [begun, began] = [performance.now(), Date.now()];
  const accepting: Promise<unknown>[] = [];
  for (let from = 0; from < count; from += together) {
    const due = (from * 1_000) / perSecond;
    const ahead = begun + due - performance.now();
    if (ahead > 1) await wait(ahead);
    const nos = Array.from({ length: Math.min(together, count - from) }, (_, index) => from + index);
    accepting.push(accept(nos, began + due));
  }
  await Promise.all(accepting);
}
