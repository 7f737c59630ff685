import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { auditFleet, Journal, lastCharge, takeBaseline } from '@ge/audit';
import type { SellerId } from '@ge/domain';
import { plays } from './fleet/commands.ts';
import { cpuOf } from './fleet/cpu.ts';
import { DirectJobs } from './fleet/directJobs.ts';
import type { FleetUnderLoad } from './fleet/fleetUnderLoad.ts';
import { openMarket } from './fleet/market.ts';
import { operationTimes, phasesBetween, readJobSums } from './fleet/phases.ts';
import { Sending } from './fleet/sending.ts';
import { standingOf } from './fleet/standing.ts';
import { backlogByQueue, owedSoon, Watch } from './fleet/watch.ts';
import { type ArrivalKind, startsOf } from './generator/arrivals.ts';
import { Generator } from './generator/generator.ts';
import { judge, type Objective } from './generator/objective.ts';
import { Random, Zipf } from './generator/random.ts';
import { Poisoning } from './poison/poisoning.ts';
import { drawPlay, profiles } from './profiles.ts';
import { bindingResource } from './report/binding.ts';
import { type FloodReport, failuresOf } from './report/floodReport.ts';

export interface FloodOptions {
  /** A name of `profiles`. */
  readonly profile: string;
  readonly arrivals: ArrivalKind | 'closed';
  /** Starts per second; of no meaning to a closed load. */
  readonly rate: number;
  readonly seconds: number;
  readonly sellers: number;
  /** Of the Zipf distribution that sellers are drawn from; 0 = all alike. */
  readonly zipf: number;
  readonly seed: number;
  /** Answers missing at once, beyond which starts are dropped; of a closed load, how many take turns. */
  readonly atOnce: number;
  readonly objectives: readonly Objective[];
  /** Where the journal is kept while the flood runs. */
  readonly folder: string;
  readonly stopping: AbortSignal;
  /** Called twice a second with what is going on. */
  readonly onProgress: (progress: FloodProgress) => void;
  readonly say: (line: string) => void;
}

export interface FloodProgress {
  readonly phase: 'load' | 'drain' | 'audit';
  /** 0 to 1 of the present phase; null where nobody knows. */
  readonly share: number | null;
  readonly started: number;
  readonly underWay: number;
  readonly dropped: number;
  readonly p50: number;
  readonly p99: number;
  readonly backlog: Readonly<Record<string, number>>;
}

const drainLimitMs = 300_000;

/**
 * Floods a fleet with what a profile draws, waits until nothing is owed, and audits every command that was accepted. The
 * sellers are its own. @throws Error when the carrier's book is not that of the simulator: nothing has been sent then.
 */
export async function flood(fleet: FleetUnderLoad, options: FloodOptions): Promise<FloodReport> {
  const { client, database, carrier } = fleet;
  const charges = await lastCharge(carrier);
  const random = new Random(options.seed);
  options.say(`making ${options.sellers} sellers with templates, SKUs and enrollments`);
  const sellers = await openMarket(database, options.sellers, new Date());
  const journal = new Journal(join(options.folder, 'journal'));
  await takeBaseline(database, journal.folder, sellers);
  const healthUrls = fleet.processes.flatMap(({ healthUrl }) => (healthUrl ? [healthUrl] : []));
  const [sumsBefore, cpuBefore] = await Promise.all([readJobSums(healthUrls), cpuOf(fleet.processes)]);
  const begunAt = await databaseNow(fleet);
  const generator = new Generator();
  const directJobs = new DirectJobs(fleet.queues, database);
  const poisoning = new Poisoning(fleet, directJobs);
  const hastening = setInterval(() => void poisoning.hasten().catch(() => undefined), 250);
  const watch = new Watch(database);
  const progress = (phase: FloodProgress['phase'], share: number | null) => {
    const { all, ...now } = generator.now;
    options.onProgress({
      phase,
      share,
      ...now,
      p50: all.response.at(50),
      p99: all.response.at(99),
      backlog: watch.last?.backlog ?? {},
    });
  };
  const startedAt = performance.now();
  const ticking = setInterval(
    () => progress('load', Math.min(1, (performance.now() - startedAt) / 1_000 / options.seconds)),
    500,
  );
  const generated = await generator
    .run({
      starts: options.arrivals === 'closed' ? null : startsOf({ ...options, kind: options.arrivals }, random),
      seconds: options.seconds,
      atOnce: options.atOnce,
      start: starter(options, { client, journal, directJobs, poisoning }, sellers),
      stopping: options.stopping,
    })
    .finally(() => clearInterval(ticking));
  journal.close();

  const drainedFrom = performance.now();
  const owedOrCarried = async () => (await owedSoon(database)) + (await directJobs.waiting());
  let owed = await owedOrCarried();
  while (owed > 0 && performance.now() - drainedFrom < drainLimitMs && !options.stopping.aborted) {
    progress('drain', null);
    await wait(100);
    owed = await owedOrCarried();
  }
  clearInterval(hastening);
  const standing = await standingOf(fleet.processes);
  const poison = await poisoning.found();
  await directJobs.close();
  const drainMs = Math.round(performance.now() - drainedFrom);
  const loadedSeconds = (performance.now() - startedAt) / 1_000;
  const [cpuAfter, watched, sumsAfter] = await Promise.all([
    cpuOf(fleet.processes),
    watch.stop(),
    readJobSums(healthUrls),
  ]);
  const cpuMs = Object.fromEntries(
    [...cpuAfter].map(([name, ms]) => [name, Math.max(0, Math.round(ms - (cpuBefore.get(name) ?? 0)))]),
  );

  options.say('the audit compares what was accepted with what came of it');
  const audit = await auditFleet({
    database,
    folder: journal.folder,
    ledger: { ...carrier, after: charges },
    now: await databaseNow(fleet),
    poison: poisoning.messages,
    onProgress: (commands) => progress('audit', Math.min(1, commands / Math.max(1, journal.size))),
  });
  const { all, byKind } = generated;
  const found = {
    at: new Date().toISOString(),
    asked: {
      profile: options.profile,
      arrivals: options.arrivals,
      rate: options.arrivals === 'closed' ? null : options.rate,
      seconds: options.seconds,
      sellers: options.sellers,
      zipf: options.zipf,
      atOnce: options.atOnce,
      seed: options.seed,
    },
    machine: {
      cores: availableParallelism(),
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    },
    load: {
      started: generated.started,
      dropped: generated.dropped,
      outcomes: generated.outcomes,
      rate: Math.round((generated.started / generated.tookMs) * 10_000) / 10,
      tookMs: Math.round(generated.tookMs),
    },
    latency: {
      response: all.response.percentiles,
      service: all.service.percentiles,
      byKind: Object.fromEntries(
        [...byKind].map(([kind, timed]) => [
          kind,
          { response: timed.response.percentiles, service: timed.service.percentiles },
        ]),
      ),
      valid: !generated.generator.saturated,
    },
    generator: generated.generator,
    objectives: judge(options.objectives, all.response),
    phases: {
      operations: await operationTimes(database, begunAt),
      jobs: phasesBetween(sumsBefore, sumsAfter),
    },
    backlog: {
      most: Math.max(0, ...watched.moments.map(({ backlog }) => sum(backlog))),
      drainMs,
      drained: owed === 0 && sum(await backlogByQueue(database)) === 0,
    },
    binding: bindingResource({ cores: availableParallelism(), seconds: loadedSeconds, cpuMs, waits: watched.waits }),
    cpuMs,
    fleet: standing,
    poison,
    audit,
    series: { seconds: generated.seconds, moments: watched.moments },
  };
  return { ok: failuresOf(found).length === 0, ...found };
}

/** What makes the next start: a play of the profile for a seller drawn from the distribution. */
function starter(
  options: FloodOptions,
  shared: Pick<FleetUnderLoad, 'client'> & {
    readonly journal: Journal;
    readonly directJobs: DirectJobs;
    readonly poisoning: Poisoning;
  },
  sellers: readonly SellerId[],
) {
  const profile = profiles[options.profile]!;
  const random = new Random(options.seed + 1);
  const zipf = new Zipf(sellers.length, options.zipf);
  const busy = new Map<string, Promise<unknown>>();
  const run = String(random.below(10_000_000)).padStart(7, '0');
  let orders = 0;
  const nextOrderId = () => {
    orders += 1;
    return `901-${run}-${String(orders).padStart(7, '0')}`;
  };
  const repeats = () => (profile.repeats ? 2 + random.below(4) : 1);
  const clockAhead = Date.now() - performance.now();
  return async (intendedAt: number) => {
    const kind = drawPlay(profile, random);
    const isHot = profile.hotSeller !== undefined && random.unit() < profile.hotSeller;
    const seller = isHot ? sellers[0]! : sellers[zipf.draw(random)]!;
    if (kind === 'poison') return { kind, outcome: await shared.poisoning.send(seller) };
    const sending = new Sending({ ...shared, nextOrderId, repeats, busy, intendedAt: intendedAt + clockAhead });
    await plays[kind](sending, seller, random);
    return { kind, outcome: sending.outcome };
  };
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((all, n) => all + n, 0);

async function databaseNow({ database }: FleetUnderLoad): Promise<Date> {
  const rows = await database.query<{ now: string }>('select now()::text as now');
  return new Date(rows[0]!.now);
}
