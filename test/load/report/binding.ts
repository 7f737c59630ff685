export interface Usage {
  /** Milliseconds that the machine's cores were busy, for whomever. */
  readonly machineMs: number;
  /** Cores of the machine. */
  readonly cores: number;
  readonly seconds: number;
  /** Milliseconds of CPU during the load, by process. */
  readonly cpuMs: Readonly<Record<string, number>>;
  /** Samples of what PostgreSQL's connections were seen doing. */
  readonly waits: Readonly<Record<string, number>>;
  /** How late timers came at the 99th percentile, in milliseconds, by process. */
  readonly lagMs: Readonly<Record<string, number>>;
  /** CPU of the thread that runs Redis' commands, in milliseconds, and their number. */
  readonly redis: { readonly mainThreadMs: number; readonly commands: number };
}

export interface Binding {
  readonly resource: string;
  readonly evidence: readonly string[];
}

const full = 0.85;

/**
 * Which resource holds the fleet back, by what was measured: the machine's cores, one process (an event loop has one core at
 * most), the one thread of Redis, what PostgreSQL waits for, or none of them.
 */
export function bindingResource({ machineMs, cores, seconds, cpuMs, waits, lagMs, redis }: Usage): Binding {
  const shares = Object.entries(cpuMs)
    .map(([name, ms]) => ({ name, cores: ms / 1_000 / seconds }))
    .sort((a, b) => b.cores - a.cores);
  const total = shares.reduce((sum, share) => sum + share.cores, 0);
  const samples = Object.values(waits).reduce((sum, n) => sum + n, 0);
  const [wait] = Object.entries(waits)
    .filter(([what]) => what !== 'CPU')
    .sort(([, a], [, b]) => b - a);
  const [late] = Object.entries(lagMs).sort(([, a], [, b]) => b - a);
  const redisCores = redis.mainThreadMs / 1_000 / seconds;
  const carrier = shares.find(({ name }) => name === 'carrier-simulator');
  const others = Math.max(0, machineMs / 1_000 / seconds - total);
  const evidence = [
    `${total.toFixed(2)} of ${cores} cores in use${others >= 0.1 ? `, and ${others.toFixed(2)} by others on this machine` : ''}`,
    ...shares.slice(0, 4).map(({ name, cores: used }) => `${name} ${used.toFixed(2)} cores`),
    ...(wait && samples > 0 ? [`PostgreSQL waits most for ${wait[0]} (${percent(wait[1] / samples)} of samples)`] : []),
    `Redis ${Math.round(redis.commands / seconds)} commands/s, its one thread ${percent(redisCores)} busy`,
    ...(carrier ? [`carrier simulator ${carrier.cores.toFixed(2)} cores`] : []),
    ...(late ? [`event loops late by ${Math.round(late[1])} ms at most (p99, ${late[0]})`] : []),
  ];
  const [busiest] = shares;
  if (total >= full * cores) return { resource: `CPU of the machine, most of all ${busiest!.name}`, evidence };
  if (total + others >= full * cores)
    return { resource: `CPU of the machine, ${others.toFixed(2)} of ${cores} cores used by others`, evidence };
  if (busiest && busiest.name !== 'postgres' && busiest.cores >= full)
    return { resource: `the one core of ${busiest.name}`, evidence };
  if (redisCores >= full) return { resource: 'the one thread of redis', evidence };
  if (wait && samples >= 20 && wait[1] / samples >= 0.5) return { resource: `PostgreSQL: ${wait[0]}`, evidence };
  return { resource: 'none of those watched was full', evidence };
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
