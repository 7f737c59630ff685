import { availableParallelism } from 'node:os';
import { cpuOf, machineBusyMs } from './fleet/cpu.ts';
import type { FleetUnderLoad } from './fleet/fleetUnderLoad.ts';
import { askProcesses } from './fleet/metrics.ts';
import { Watch, type Watched } from './fleet/watch.ts';
import { type Generated, Generator, type Load } from './generator/generator.ts';
import { type Binding, bindingResource } from './report/binding.ts';
import { settled } from './vantage/settled.ts';
import type { Vantage } from './vantage/vantage.ts';

/** What is going on, for whoever watches. */
export interface LoadProgress {
  readonly phase: 'load' | 'drain';
  /** Of a search: the rate that is being tried. */
  readonly rate?: number;
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

/** Runs a load on a fleet and waits until everything that it led to has been done. */
export async function oneLoad(
  { processes, isHere }: FleetUnderLoad,
  vantage: Vantage,
  load: Load,
  onProgress: (progress: LoadProgress) => void,
): Promise<Loaded> {
  const looked = () => Promise.all([askProcesses(processes), cpuOf(processes), vantage.redisUse()]);
  const [saidBefore, cpuBefore, redisBefore] = await looked();
  const generator = new Generator();
  const watch = new Watch(vantage);
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
  try {
    const ticking = setInterval(() => progress('load'), 500);
    const generated = await generator.run(load).finally(() => clearInterval(ticking));

    const drainedFrom = performance.now();
    progress('drain');
    const drained = await settled(vantage.isOwing, vantage.askEveryMs, load.stopping, () => progress('drain'));
    const drainMs = Math.round(performance.now() - drainedFrom);
    const seconds = elapsed();
    const machineMs = machineBusyMs() - busyBefore;
    const [[said, cpuAfter, redisAfter], watched] = await Promise.all([looked(), watch.stop()]);
    const since = (after: number, before = 0) => Math.max(0, Math.round(after - before));
    const cpuMs = {
      // Where a process is known by its metrics alone, they say what it used.
      ...Object.fromEntries(Object.entries(said.cpuMs).map(([name, ms]) => [name, since(ms, saidBefore.cpuMs[name])])),
      ...Object.fromEntries([...cpuAfter].map(([name, ms]) => [name, since(ms, cpuBefore.get(name))])),
    };
    const redis = redisBefore &&
      redisAfter && {
        mainThreadMs: redisAfter.mainThreadMs - redisBefore.mainThreadMs,
        commands: redisAfter.commands - redisBefore.commands,
      };
    return {
      generated,
      watched,
      seconds,
      drainMs,
      drained,
      cpuMs,
      binding: bindingResource({
        ...{ machine: isHere ? { cores: availableParallelism(), busyMs: machineMs } : null, seconds, cpuMs },
        ...{ waits: watched.waits, lagMs: said.lagMs, redis },
      }),
    };
  } finally {
    // However it ends: a watch that goes on keeps its process alive.
    await watch.stop();
  }
}
