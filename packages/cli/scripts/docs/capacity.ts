import { table } from './table.ts';

/** CPU time of each beside a worker's, while 40,000 jobs of P2 ran on the benchmark's machine. */
const besideWorker = { postgres: 1.57, redis: 0.14 };
/** How busy a part may be in the long run. */
const busy = 0.7;
const microsecond = 1e-6;

/** What binds first and what it takes: the part of docs/scale.md that rests on the figures of docs/performance.md. */
export function capacityModel(performance: string): string {
  const worker = besideIn(performance, 'worker, CPU µs per job');
  const relay = besideIn(performance, 'relay, CPU µs per job');
  const postgres = significant(worker * besideWorker.postgres);
  const redis = significant(worker * besideWorker.redis);
  const all = postgres + worker + relay + redis;
  const spenders: readonly (readonly [who: string, micros: number, grows: string])[] = [
    ['PostgreSQL', postgres, 'cores, then the ways below'],
    ['worker', worker, 'processes'],
    ['relay', relay, 'nothing: one process holds a queue, and as a rule all of them'],
    ['Redis', redis, 'nodes of a cluster'],
  ];
  const measured = ['P1', 'P2', 'P7'].flatMap((measure) => jobsPerSecondIn(performance, measure));
  const share = (jobs: number, micros: number) => (jobs * micros * microsecond) / busy;
  const inPercent = (part: number) => `${Math.round(100 * part)} %`;
  const end = Math.floor(busy / (relay * microsecond) / 1_000) * 1_000;
  const loads = [...[5_000, 10_000, 20_000].filter((jobs) => jobs < end), end];
  return `CPU that one job with one database effect costs, from accepted to done, by who spends it:

${table(
  ['Who', 'µs a job', 'share', 'jobs/s of one core', 'grows by'],
  spenders.map(([who, micros, grows]) => [
    who,
    `${micros}`,
    inPercent(micros / all),
    rounded(1 / (micros * microsecond)),
    grows,
  ]),
)}

Relay and worker as [performance.md](performance.md) has them (P1); PostgreSQL and Redis in proportion, ${besideWorker.postgres} and ${besideWorker.redis} times
the worker, by the CPU time of all four while 40,000 jobs of P2 ran. Together ${Math.round(all)} µs: two cores have room for ${rounded(2 / (all * microsecond))}
jobs/s, and ${count(Math.min(...measured))} to ${count(Math.max(...measured))} were measured (P1, P2, P7). **${binding(spenders)} binds first**, and stays the first to bind on a machine of its own.

For \`J\` jobs a second, with every part at ${inPercent(busy)} of its CPU:

${table(
  ['jobs/s', `cores of PostgreSQL (\`J\` × ${postgres} µs ÷ ${busy})`, 'worker processes', 'relay', 'Redis'],
  loads.map((jobs) => [
    count(jobs),
    share(jobs, postgres).toFixed(1),
    `${Math.ceil(share(jobs, worker))}`,
    jobs === end ? 'a whole core: the end of this model' : inPercent(share(jobs, relay)),
    inPercent(share(jobs, redis)),
  ]),
)}

Percents are of one core.`;
}

const binding = (spenders: readonly (readonly [who: string, micros: number, grows: string])[]): string =>
  spenders.reduce((most, one) => (one[1] > most[1] ? one : most))[0];

const count = (value: number): string => value.toLocaleString('en-US');
const significant = (value: number): number => Number(value.toPrecision(3));
/** As rough as the model is: two or three figures. */
const rounded = (value: number): string => count(Math.round(value / 100) * 100);

/** A figure that stands beside a measure: `- <label>: <figure>`. */
function besideIn(performance: string, label: string): number {
  const [, value] = performance.match(new RegExp(`^- ${label}: ([\\d.,]+)$`, 'm')) ?? [];
  if (value === undefined) throw new Error(`docs/performance.md does not say "${label}" any more`);
  return Number(value.replaceAll(',', ''));
}

/** Ours, and the peer's where it is ours as well. */
function jobsPerSecondIn(performance: string, measure: string): number[] {
  const [row] = performance.match(new RegExp(`^\\| \\*\\*${measure}\\*\\*.*$`, 'm')) ?? [];
  const figures = [...(row?.matchAll(/\| ([\d,]+) jobs\/s /g) ?? [])].map(([, value]) =>
    Number(value!.replaceAll(',', '')),
  );
  if (figures.length !== 2) throw new Error(`docs/performance.md has no jobs/s of ${measure} any more`);
  return measure === 'P7' ? figures : figures.slice(0, 1);
}
