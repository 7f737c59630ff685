import type { Database } from '@ge/database';
import { Random } from '@ge/load';
import { oweLabels } from '@ge/testkit';
import { conclude } from './conclusion.ts';
import { Disturbed } from './disturbing.ts';
import { faultPlan, silentOf } from './faultScript.ts';
import type { LabelsRehearsed, RehearsalOptions } from './rehearsal.ts';
import { openStage, type Stage } from './stage.ts';
import { patiently, until, untilNoneIsOpen } from './standing.ts';

/** Deposits in cents: less than the duty of some parcels would be no test of what is left over, more than all none of what is missing. */
export const depositMinor = 1_000;
/** Asked for together: offers are fresh then, and where somebody is killed each portion has its share of that. */
const portionOf = ({ orders, kill }: RehearsalOptions): number =>
  kill ? Math.min(100, Math.max(25, Math.ceil(orders / 50))) : 500;

/**
 * Buys labels through relay and workers, processes of their own, at carriers that fail by the seed's script, while those processes
 * and their servers are killed, stopped past their leases and restarted; then plays what follows, and audits all of it against the
 * carriers' own book.
 * @throws Error where the rehearsal itself could not go on
 */
export async function rehearseLabels(options: RehearsalOptions): Promise<LabelsRehearsed> {
  const { orders, seed, kill, tell = () => {} } = options;
  const plan = faultPlan(seed);
  tell('starting PostgreSQL, Redis, the carriers and the fleet');
  const stage = await openStage(plan);
  const { book, servers } = stage;
  const { database } = servers;
  try {
    const fleet = await stage.fleetOn(servers.databaseUrl, 'rehearse');
    const disturbed = new Disturbed(stage, fleet, new Random(seed + 1));
    await book.fail(plan.script);
    await disturbed.startAll();
    tell(`buying ${orders} labels at carriers that fail`);
    await whileDisturbed(disturbed, kill, () => askForAll(stage, disturbed, options));
    const faultsInjected = await book.faults();
    await book.stopFailing();
    tell('the faults have stopped: what is open has to end');
    const secondsToResolve = await untilNoneIsOpen(database, options);
    const silentCarriers = silentOf(plan);
    const found = await conclude({ database, fleet, book, killed: kill, silentCarriers, tell });
    return {
      ok: found.violations.length === 0,
      ...{ seed, orders, ...found, secondsToResolve },
      faultsInjected,
      kills: disturbed.kills,
    };
  } finally {
    await stage.close();
  }
}

async function whileDisturbed(disturbed: Disturbed, kill: boolean, work: () => Promise<void>): Promise<void> {
  const enough = new AbortController();
  const disturbing = kill ? disturbed.disturb(enough.signal) : Promise.resolve();
  // It is awaited below; a failure must not be unheard of until then.
  disturbing.catch(() => undefined);
  try {
    await Promise.race([work(), disturbing.then(() => new Promise<never>(() => {}))]);
  } finally {
    enough.abort();
    await disturbing;
  }
}

/** Asks for labels, the next before the last ones are all bought, until each was asked for and sent at least once. */
async function askForAll(stage: Stage, disturbed: Disturbed, options: RehearsalOptions): Promise<void> {
  const { database } = stage.servers;
  const { orders, kill, stopping } = options;
  const portion = portionOf(options);
  for (let from = 0; from < orders; from += portion) {
    const count = Math.min(portion, orders - from);
    const before = disturbed.times;
    const offers = await stage.offers();
    await patiently(async () => {
      // All of them or none: PostgreSQL may have been shut down between the commit and its answer.
      if ((await askedFor(database)) === from) await oweLabels(database, { from, count, offers, depositMinor });
    });
    await until(database, options, ({ open }) => open <= portion / 2 && (!kill || disturbed.times > before));
    stopping?.throwIfAborted();
  }
  await until(database, options, ({ unsent }) => unsent === 0);
}

const askedFor = async (database: Database): Promise<number> => {
  const [row] = await database.query<{ n: number }>('select count(*)::int as n from label_purchases');
  return row!.n;
};
