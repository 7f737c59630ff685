import { Random } from '@ge/load';
import { oweLabels } from '@ge/testkit';
import { Batching, isPlaced } from './batching.ts';
import { conclude } from './conclusion.ts';
import { Disturbed } from './disturbing.ts';
import { BatchFates, fatesOf } from './fates.ts';
import { carrierNames, faultPlan, silentOf } from './faultScript.ts';
import type { LabelsRehearsed, RehearsalOptions } from './rehearsal.ts';
import { openStage, type Stage } from './stage.ts';
import { patiently, until, untilNoneIsOpen } from './standing.ts';
import { Voiding } from './voiding.ts';

/** Deposits in cents: less than the duty of some parcels would be no test of what is left over, more than all none of what is missing. */
export const depositMinor = 1_000;
/** Ordered together: offers are fresh then, and where somebody is killed each portion has its share of that. */
const portionOf = ({ orders, kill }: RehearsalOptions): number =>
  kill ? Math.min(100, Math.max(25, Math.ceil(orders / 50))) : 500;

/**
 * Buys labels through relay and workers, processes of their own, at carriers that fail by the seed's script, one by one and with
 * batches that are paused, resumed and cancelled, has some of them voided and replaced, while those processes and their servers
 * are killed, stopped past their leases and restarted; then plays what follows, and audits all of it against the carriers' own
 * book.
 * @throws Error where the rehearsal itself could not go on
 */
export async function rehearseLabels(options: RehearsalOptions): Promise<LabelsRehearsed> {
  const { orders, seed, kill, carriers = carrierNames, tell = () => {} } = options;
  const plan = faultPlan(seed, carriers);
  tell('starting PostgreSQL, Redis, the carriers and the fleet');
  const stage = await openStage(plan);
  const { book, servers } = stage;
  const { database } = servers;
  try {
    const fleet = await stage.fleetOn(servers.databaseUrl, 'rehearse');
    const disturbed = new Disturbed(stage, fleet, new Random(seed + 1));
    const voiding = new Voiding(database, fleet, book, fatesOf(seed, orders, carriers));
    const batching = new Batching(database, fleet, new BatchFates(seed, carriers), depositMinor);
    await book.fail(plan.script);
    await disturbed.startAll();
    tell(`buying ${orders} labels at carriers that fail`);
    await whileDisturbed(disturbed, kill, () => askForAll(stage, { disturbed, voiding, batching }, options));
    const faultsInjected = await book.faults();
    await book.stopFailing();
    tell('the faults have stopped: what is open has to end');
    const secondsToResolve = await untilNoneIsOpen(database, options);
    const circumstances = { killed: kill, silentCarriers: silentOf(plan) };
    const world = { database, fleet, book, carriers };
    const found = await conclude({ ...world, ...circumstances, tell }, { voiding, batching });
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

interface Played {
  readonly disturbed: Disturbed;
  readonly voiding: Voiding;
  readonly batching: Batching;
}

/** Asks for labels, the next before the last ones are all bought, and has some voided, until each was asked for and sent at least once. */
async function askForAll(
  stage: Stage,
  { disturbed, voiding, batching }: Played,
  options: RehearsalOptions,
): Promise<void> {
  const { database } = stage.servers;
  const { orders, kill, through = 'both', stopping } = options;
  const portion = portionOf(options);
  const isDisturbedSince = (before: number) => !kill || disturbed.times > before;
  for (let from = 0; from < orders; from += portion) {
    const count = Math.min(portion, orders - from);
    const before = disturbed.times;
    const single = { orders: count, batches: 0, both: Math.ceil(count / 2) }[through];
    const offers = await stage.offers(single);
    await patiently(async () => {
      if (single > 0 && !(await isPlaced(database, from)))
        await oweLabels(database, { from, count: single, offers, depositMinor });
    });
    await batching.buy(from + single, count - single);
    await until(database, options, ({ open }) => open <= portion / 2 && isDisturbedSince(before));
    await voiding.voidBought();
    stopping?.throwIfAborted();
  }
  await until(database, options, ({ unsent, waiting }) => unsent + waiting === 0);
  const before = disturbed.times;
  await voiding.voidBought();
  await until(database, options, ({ unsent }) => unsent === 0 && isDisturbedSince(before));
}
