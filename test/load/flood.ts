import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { Journal } from '@ge/audit';
import type { JobContract } from '@ge/contracts';
import type { FleetUnderLoad } from './fleet/fleetUnderLoad.ts';
import { askProcesses } from './fleet/metrics.ts';
import { phasesBetween } from './fleet/phases.ts';
import { standingOf } from './fleet/standing.ts';
import { type ArrivalKind, startsOf } from './generator/arrivals.ts';
import type { Objective } from './generator/objective.ts';
import { Random } from './generator/random.ts';
import { searched } from './knee/searched.ts';
import { type Loaded, type LoadProgress, oneLoad } from './oneLoad.ts';
import { Poisoning } from './poison/poisoning.ts';
import { type FleetKind, type FloodReport, failuresOf } from './report/floodReport.ts';
import { measured } from './report/measured.ts';
import { requireSimulator } from './simulatorOnly.ts';
import { starter } from './starter.ts';
import { heardLater } from './vantage/heardLater.ts';
import { inside } from './vantage/inside.ts';
import { overApi } from './vantage/overApi.ts';
import type { CleanedUp, Vantage } from './vantage/vantage.ts';

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
  /** Which fleet it is, for the report. */
  readonly fleetKind: FleetKind;
  /** Where the journal is kept while the flood runs. */
  readonly folder: string;
  readonly stopping: AbortSignal;
  /** Called twice a second with what is going on. */
  readonly onProgress: (progress: FloodProgress) => void;
  readonly say: (line: string) => void;
}

/** `share` is 0 to 1 of the present phase; null where nobody knows. */
export type FloodProgress = LoadProgress | { readonly phase: 'market' | 'audit'; readonly share: number };

/** Order numbers have seven digits that tell one flood from another. */
const runs = 10_000_000;

/**
 * Floods a fleet with what a profile draws, waits until nothing is owed, and audits every command that was accepted. The sellers
 * are its own; in a fleet that goes on afterwards it takes back what it made, however it ends. Throws NotTheSimulator where the
 * fleet's carriers are not the simulator: nothing has been sent then.
 */
export async function flood(fleet: FleetUnderLoad, options: FloodOptions): Promise<FloodReport> {
  await requireSimulator(fleet);
  const run = new Random(options.seed).below(runs);
  const vantage = fleet.stores
    ? await inside(fleet, fleet.stores, { run, comparesRows: options.job === null })
    : await overApi(fleet);
  let cleanedUp: CleanedUp | null = null;
  let found: Omit<FloodReport, 'ok' | 'cleanedUp'>;
  try {
    found = await floodedFrom(vantage, fleet, options);
  } finally {
    if (!fleet.stores) options.say('taking back what may be taken back');
    // What it ended with is what it is to say.
    cleanedUp = await vantage.cleanUp().catch(() => null);
    await vantage.close();
  }
  return { ok: failuresOf(found).length === 0, ...found, cleanedUp };
}

async function floodedFrom(
  vantage: Vantage,
  fleet: FleetUnderLoad,
  options: FloodOptions,
): Promise<Omit<FloodReport, 'ok' | 'cleanedUp'>> {
  const { client, gateway, processes, stores } = fleet;
  const { direct } = vantage;
  const random = new Random(options.seed);
  options.say(`making ${options.sellers} sellers with templates, SKUs and enrollments`);
  const market = await vantage.openMarket(options.sellers, options.stopping, (share) =>
    options.onProgress({ phase: 'market', share }),
  );
  const journal = new Journal(join(options.folder, 'journal'));
  await vantage.beginAudit(journal.folder);
  const before = await askProcesses(processes);
  const poisoning = stores && direct && new Poisoning(stores.database, gateway, direct);
  const hastening = setInterval(() => void poisoning?.hasten().catch(() => undefined), 250);
  const { start, unanswered } = starter(options, {
    client,
    market,
    journal,
    directJobs: direct,
    poisoning,
  });
  const load = (rate: number) => {
    const { arrivals, seconds, atOnce, stopping } = options;
    const starts = arrivals === 'closed' ? null : startsOf({ kind: arrivals, rate, seconds }, random);
    return oneLoad(fleet, vantage, { starts, seconds, atOnce, start, stopping }, (progress) =>
      options.onProgress({ ...progress, ...(options.findKnee && { rate }) }),
    );
  };
  const { loaded, knee } = await (options.findKnee ? searched(options, load) : alone(load(options.rate))).finally(
    () => {
      clearInterval(hastening);
      journal.close();
    },
  );
  const standing = await standingOf(processes);
  const poison = (await poisoning?.found()) ?? [];
  const after = await askProcesses(processes);

  options.say('the audit compares what was accepted with what came of it');
  const audit = await vantage.audit({
    folder: journal.folder,
    poison: poisoning?.messages ?? [],
    mayDie: options.job !== null,
    heardLater: stores ? new Map() : await heardLater(unanswered, vantage, options.stopping),
    onProgress: (commands) =>
      options.onProgress({ phase: 'audit', share: Math.min(1, commands / Math.max(1, journal.size)) }),
  });
  return {
    at: new Date().toISOString(),
    flooded: {
      kind: options.fleetKind,
      url: options.fleetKind === 'own' ? null : gateway.url,
      notVisible: vantage.notVisible,
    },
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
    phases: { operations: await vantage.operationTimes(), jobs: phasesBetween(before.sums, after.sums) },
    fleet: standing,
    poison,
    audit,
  };
}

const alone = async (loaded: Promise<Loaded>) => ({ loaded: await loaded, knee: null });

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
