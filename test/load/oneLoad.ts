import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { cpuOf, machineBusyMs } from './fleet/cpu.ts';
import type { DirectJobs } from './fleet/directJobs.ts';
import type { FleetUnderLoad } from './fleet/fleetUnderLoad.ts';
import { askProcesses } from './fleet/metrics.ts';
import { backlogByQueue, owedSoon, Watch, type Watched } from './fleet/watch.ts';
import { type Generated, Generator, type Load } from './generator/generator.ts';
import { type Binding, bindingResource } from './report/binding.ts';

/** What is going on, for whoever watches. */
export interface LoadProgress {
  readonly phase: 'load' | 'drain';
  /** 0 to 1 of the load; null where nobody knows. */
  readonly share: number | null;
  readonly started: number;
  readonly underWay: number;
  readonly dropped: number;
  readonly answeredPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly backlog: Readonly<Record<string, number>>;
}

/** One load, from its first start until nothing was owed any more. */
export interface Loaded {
  readonly generated: Generated;
  readonly watched: Watched;
  /** From its first start to the end of the drain. */
  readonly seconds: number;
  readonly drainMs: number;
  readonly drained: boolean;
  /** Milliseconds of CPU, by process. */
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly binding: Binding;
}

const drainLimitMs = 300_000;

/** Runs a load on a fleet and waits until everything that it led to has been done. */
export async function oneLoad(
  { database, processes }: FleetUnderLoad,
  directJobs: DirectJobs,
  load: Load,
  onProgress: (progress: LoadProgress) => void,
): Promise<Loaded> {
  const [, cpuBefore, redisBefore] = await Promise.all([askProcesses(processes), cpuOf(processes), directJobs.used()]);
  const generator = new Generator();
  const watch = new Watch(database);
  const busyBefore = machineBusyMs();
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1_000;
  const progress = (phase: LoadProgress['phase']) => {
    const { all, ...now } = generator.now;
    onProgress({
      phase,
      share: phase === 'load' ? Math.min(1, elapsed() / load.seconds) : null,
      ...now,
      answeredPerSecond: (now.started - now.underWay) / Math.min(load.seconds, Math.max(0.5, elapsed())),
      p50: all.response.at(50),
      p99: all.response.at(99),
      backlog: watch.last?.backlog ?? {},
    });
  };
  const ticking = setInterval(() => progress('load'), 500);
  const generated = await generator.run(load).finally(() => clearInterval(ticking));

  const drainedFrom = performance.now();
  const owedOrCarried = async () => (await owedSoon(database)) + (await directJobs.waiting());
  let owed = await owedOrCarried();
  while (owed > 0 && performance.now() - drainedFrom < drainLimitMs && !load.stopping.aborted) {
    progress('drain');
    await wait(100);
    owed = await owedOrCarried();
  }
  const drainMs = Math.round(performance.now() - drainedFrom);
  const seconds = elapsed();
  const machineMs = machineBusyMs() - busyBefore;
  const [{ lagMs }, cpuAfter, redisAfter, watched, backlog] = await Promise.all([
    askProcesses(processes),
    cpuOf(processes),
    directJobs.used(),
    watch.stop(),
    backlogByQueue(database),
  ]);
  const cpuMs = Object.fromEntries(
    [...cpuAfter].map(([name, ms]) => [name, Math.max(0, Math.round(ms - (cpuBefore.get(name) ?? 0)))]),
  );
  const redis = {
    mainThreadMs: redisAfter.mainThreadMs - redisBefore.mainThreadMs,
    commands: redisAfter.commands - redisBefore.commands,
  };
  return {
    generated,
    watched,
    seconds,
    drainMs,
    drained: owed === 0 && Object.keys(backlog).length === 0,
    cpuMs,
    binding: bindingResource({
      ...{ cores: availableParallelism(), seconds, machineMs, cpuMs },
      ...{ waits: watched.waits, lagMs, redis },
    }),
  };
}
