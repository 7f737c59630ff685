import { generatorName } from '../fleet/cpu.ts';
import type { RedisUse } from '../vantage/vantage.ts';

export interface Usage {
  /** Its cores, and how many milliseconds they were busy, for whomever; null where the fleet runs elsewhere. */
  readonly machine: { readonly cores: number; readonly busyMs: number } | null;
  readonly seconds: number;
  /** Milliseconds of CPU during the load, by process. */
  readonly cpuMs: Readonly<Record<string, number>>;
  /** Samples of what PostgreSQL's connections were seen doing. */
  readonly waits: Readonly<Record<string, number>>;
  /** How late timers came at the 99th percentile, in milliseconds, by process. */
  readonly lagMs: Readonly<Record<string, number>>;
  /** CPU of the thread that runs Redis' commands, in milliseconds, and their number; null where it is out of reach. */
  readonly redis: RedisUse | null;
}

export interface Binding {
  readonly resource: string;
  readonly evidence: readonly string[];
}

const full = 0.85;

/**
 * Which resource holds the fleet back, by what was measured: the machine's cores, one process (an event loop has one core at
 * most), the one thread of Redis, what PostgreSQL waits for, or none of them. What cannot be seen is never taken for idle.
 */
export function bindingResource({ machine, seconds, cpuMs, waits, lagMs, redis }: Usage): Binding {
  const shares = Object.entries(cpuMs)
    .map(([name, ms]) => ({ name, cores: ms / 1_000 / seconds }))
    .sort((a, b) => b.cores - a.cores);
  const fleet = shares.filter(({ name }) => name !== generatorName);
  const total = shares.reduce((sum, share) => sum + share.cores, 0);
  const samples = Object.values(waits).reduce((sum, n) => sum + n, 0);
  const [wait] = Object.entries(waits)
    .filter(([what]) => what !== 'CPU')
    .sort(([, a], [, b]) => b - a);
  const [late] = Object.entries(lagMs).sort(([, a], [, b]) => b - a);
  const redisCores = redis ? redis.mainThreadMs / 1_000 / seconds : 0;
  const carrier = shares.find(({ name }) => name === 'carrier-simulator');
  const busyCores = machine ? machine.busyMs / 1_000 / seconds : 0;
  const others = Math.max(0, busyCores - total);
  const unseen = 'postgres' in cpuMs ? '' : ', its PostgreSQL and its Redis among them';
  const evidence = [
    ...(machine ? [machineSays(machine.cores, total, others, unseen)] : []),
    ...shares.slice(0, 4).map(({ name, cores: used }) => `${name} ${used.toFixed(2)} cores`),
    ...(wait && samples > 0 ? [`PostgreSQL waits most for ${wait[0]} (${percent(wait[1] / samples)} of samples)`] : []),
    ...(redis
      ? [`Redis ${Math.round(redis.commands / seconds)} commands/s, its one thread ${percent(redisCores)} busy`]
      : []),
    ...(carrier && !shares.slice(0, 4).includes(carrier)
      ? [`carrier simulator ${carrier.cores.toFixed(2)} cores`]
      : []),
    ...(late ? [`event loops late by ${Math.round(late[1])} ms at most (p99, ${late[0]})`] : []),
  ];
  const [busiest] = shares;
  if (machine && total >= full * machine.cores)
    return { resource: `CPU of the machine, most of all ${busiest!.name}`, evidence };
  if (machine && total + others >= full * machine.cores)
    return {
      resource: `CPU of the machine, ${others.toFixed(2)} of ${machine.cores} cores used by others${unseen}`,
      evidence,
    };
  if (busiest && busiest.name !== 'postgres' && busiest.cores >= full)
    return { resource: `the one core of ${busiest.name}`, evidence };
  if (redisCores >= full) return { resource: 'the one thread of redis', evidence };
  if (wait && samples >= 20 && wait[1] / samples >= 0.5) return { resource: `PostgreSQL: ${wait[0]}`, evidence };
  return { resource: fleet.length === 0 ? 'not visible from here' : 'none of those watched was full', evidence };
}

function machineSays(cores: number, own: number, others: number, unseen: string): string {
  const beside = others >= 0.1 ? `, and ${others.toFixed(2)} by others on this machine${unseen}` : '';
  return `${own.toFixed(2)} of ${cores} cores in use${beside}`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
