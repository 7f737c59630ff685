import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { auditFleet, Journal, lastCharge, takeBaseline } from '@ge/audit';
import type { JobContract } from '@ge/contracts';
import { DirectJobs } from './fleet/directJobs.ts';
import type { FleetUnderLoad } from './fleet/fleetUnderLoad.ts';
import { openMarket } from './fleet/market.ts';
import { askProcesses } from './fleet/metrics.ts';
import { operationTimes, phasesBetween } from './fleet/phases.ts';
import { standingOf } from './fleet/standing.ts';
import { type ArrivalKind, startsOf } from './generator/arrivals.ts';
import { judge, type Objective } from './generator/objective.ts';
import { Random } from './generator/random.ts';
import { findKnee } from './knee/findKnee.ts';
import { type Knee, type KneeStep, stepOf } from './knee/step.ts';
import { type Loaded, type LoadProgress, oneLoad } from './oneLoad.ts';
import { Poisoning } from './poison/poisoning.ts';
import { type FloodReport, failuresOf } from './report/floodReport.ts';
import { starter } from './starter.ts';

export interface FloodOptions {
  /** A name of `profiles`. */
  readonly profile: string;
  /** This job alone, straight into its BullMQ queue, in place of a profile. */
  readonly job: JobContract | null;
  readonly arrivals: ArrivalKind | 'closed';
  /** Starts per second, of a search the first that is tried; of no meaning to a closed load. */
  readonly rate: number;
  /** Of a search, for each rate. */
  readonly seconds: number;
  /** The highest rate that meets the objectives is looked for. */
  readonly findKnee: boolean;
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

/** `share` is 0 to 1 of the present phase; null where nobody knows. */
export type FloodProgress = LoadProgress | { readonly phase: 'audit'; readonly share: number };

/** A rate is known to a tenth, or after so many were tried. */
const search = { closeness: 0.1, mostSteps: 12 };

/**
 * Floods a fleet with what a profile draws, waits until nothing is owed, and audits every command that was accepted. The
 * sellers are its own. @throws Error when the carrier's book is not that of the simulator: nothing has been sent then.
 */
export async function flood(fleet: FleetUnderLoad, options: FloodOptions): Promise<FloodReport> {
  const { client, database, carrier, processes } = fleet;
  const charges = await lastCharge(carrier);
  const random = new Random(options.seed);
  options.say(`making ${options.sellers} sellers with templates, SKUs and enrollments`);
  const sellers = await openMarket(database, options.sellers, new Date());
  const journal = new Journal(join(options.folder, 'journal'));
  // What a job with made-up facts does to rows, no model says: it is to be there, and to have taken effect once.
  if (!options.job) await takeBaseline(database, journal.folder, sellers);
  const before = await askProcesses(processes);
  const begunAt = await databaseNow(fleet);
  const directJobs = new DirectJobs(fleet.queues, database);
  const poisoning = new Poisoning(fleet, directJobs);
  const hastening = setInterval(() => void poisoning.hasten().catch(() => undefined), 250);
  const start = starter(options, { client, journal, directJobs, poisoning }, sellers);
  const load = (rate: number) => {
    const { arrivals, seconds, atOnce, stopping } = options;
    const starts = arrivals === 'closed' ? null : startsOf({ kind: arrivals, rate, seconds }, random);
    return oneLoad(fleet, directJobs, { starts, seconds, atOnce, start, stopping }, options.onProgress);
  };
  const { loaded, knee } = options.findKnee
    ? await searched(options, load)
    : { loaded: await load(options.rate), knee: null };
  journal.close();
  clearInterval(hastening);
  const standing = await standingOf(processes);
  const poison = await poisoning.found();
  await directJobs.close();
  const after = await askProcesses(processes);

  options.say('the audit compares what was accepted with what came of it');
  const audit = await auditFleet({
    database,
    folder: journal.folder,
    ledger: { ...carrier, after: charges },
    now: await databaseNow(fleet),
    poison: poisoning.messages,
    mayDie: options.job !== null,
    onProgress: (commands) =>
      options.onProgress({ phase: 'audit', share: Math.min(1, commands / Math.max(1, journal.size)) }),
  });
  const found = {
    at: new Date().toISOString(),
    asked: asked(options),
    machine: {
      cores: availableParallelism(),
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    },
    ...measured(loaded, options.objectives),
    knee,
    // At the knee itself nothing binds yet; at the fastest rate it is plain to see.
    binding: knee?.steps.findLast(({ held }) => !held)?.binding ?? loaded.binding,
    phases: {
      operations: await operationTimes(database, begunAt),
      jobs: phasesBetween(before.sums, after.sums),
    },
    fleet: standing,
    poison,
    audit,
  };
  return { ok: failuresOf(found).length === 0, ...found };
}

/** Tries rates until it is known which one is the last to hold. What is reported is the load at that rate, or the slowest. */
async function searched(
  options: FloodOptions,
  load: (rate: number) => Promise<Loaded>,
): Promise<{ readonly loaded: Loaded; readonly knee: Knee }> {
  const loads = new Map<number, Loaded>();
  const probe = async (rate: number): Promise<KneeStep | null> => {
    if (options.stopping.aborted) return null;
    const loaded = await load(rate);
    const step = stepOf(rate, loaded, judge(options.objectives, loaded.generated.all.response));
    options.say(`${rate}/s: p99 ${Math.round(step.p99)} ms, ${step.held ? 'holds' : `does not hold (${step.why})`}`);
    loads.set(rate, loaded);
    return step;
  };
  const { steps, knee } = await findKnee(probe, { ...search, from: options.rate });
  const bySpeed = steps.toSorted((a, b) => a.rate - b.rate);
  return {
    loaded: loads.get(knee?.rate ?? bySpeed[0]?.rate ?? Number.NaN) ?? (await load(options.rate)),
    knee: { objectives: options.objectives.map(({ text }) => text), rate: knee?.rate ?? null, steps: bySpeed },
  };
}

const asked = (options: FloodOptions): FloodReport['asked'] => ({
  profile: options.job ? `job ${options.job.name}` : options.profile,
  arrivals: options.arrivals,
  rate: options.arrivals === 'closed' ? null : options.rate,
  seconds: options.seconds,
  sellers: options.sellers,
  zipf: options.zipf,
  atOnce: options.atOnce,
  seed: options.seed,
});

function measured({ generated, watched, drainMs, drained, cpuMs }: Loaded, objectives: readonly Objective[]) {
  const { all, byKind, generator } = generated;
  return {
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
        [...byKind].map(([kind, { response, service }]) => [
          kind,
          { response: response.percentiles, service: service.percentiles },
        ]),
      ),
      valid: !generator.saturated,
    },
    generator,
    objectives: judge(objectives, all.response),
    backlog: { most: Math.max(0, ...watched.moments.map(({ backlog }) => sum(backlog))), drainMs, drained },
    cpuMs,
    series: { seconds: generated.seconds, moments: watched.moments },
  };
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((all, n) => all + n, 0);

async function databaseNow({ database }: FleetUnderLoad): Promise<Date> {
  const rows = await database.query<{ now: string }>('select now()::text as now');
  return new Date(rows[0]!.now);
}
