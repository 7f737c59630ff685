import { setTimeout as wait } from 'node:timers/promises';

const patienceMs = 300_000;

/** Waits until nothing is owed any more, five minutes at most. Returns whether that is so. */
export async function settled(
  isOwing: () => Promise<boolean>,
  askEveryMs: number,
  stopping: AbortSignal,
  onWait: () => void = () => undefined,
): Promise<boolean> {
  for (const until = performance.now() + patienceMs; performance.now() < until && !stopping.aborted; ) {
    if (!(await isOwing())) return true;
    onWait();
    await wait(askEveryMs);
  }
  return !(await isOwing());
}
