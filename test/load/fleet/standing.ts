import { setTimeout as wait } from 'node:timers/promises';
import type { FleetProcess } from './fleetUnderLoad.ts';

/** How the fleet's processes came out of it. */
export interface Standing {
  /** How often each was started again, where it was. */
  readonly restarts: Readonly<Record<string, number>>;
  /** Who did not say that it is ready. */
  readonly notReady: readonly string[];
}

const patienceMs = 30_000;

/** Waits a while for whoever is just being started again. */
export async function standingOf(processes: readonly FleetProcess[]): Promise<Standing> {
  const notReady = await Promise.all(processes.map(async (one) => ((await becomesReady(one)) ? [] : [one.name])));
  const restarts = processes.flatMap(({ name, restarts: times }) => (times && times() > 0 ? [[name, times()]] : []));
  return { restarts: Object.fromEntries(restarts), notReady: notReady.flat() };
}

async function becomesReady({ healthUrl }: FleetProcess): Promise<boolean> {
  if (healthUrl === null) return true;
  for (const until = Date.now() + patienceMs; Date.now() < until; await wait(100)) {
    const answer = await fetch(`${healthUrl}/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    await answer?.arrayBuffer().catch(() => undefined);
    if (answer?.ok) return true;
  }
  return false;
}
