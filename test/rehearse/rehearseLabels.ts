import { setTimeout as wait } from 'node:timers/promises';
import { Random } from '@ge/load';
import { oweLabels } from '@ge/testkit';
import { playAftermath } from './aftermath.ts';
import { auditMoney, auditPurchases, type EndedLabel, type SettledOrder } from './audit.ts';
import { Disturbed } from './disturbing.ts';
import { faultPlan } from './faultScript.ts';
import type { LabelsRehearsed, RehearsalOptions } from './rehearsal.ts';
import { openStage, type Stage } from './stage.ts';

/** Deposits in cents: less than the duty of some parcels, and more than that of none would be no test of a shortfall. */
const depositMinor = 1_000;
/** Asked for together: offers are fresh then, and where somebody is killed each portion has its share of that. */
const portionOf = ({ orders, kill }: RehearsalOptions): number =>
  kill ? Math.min(100, Math.max(25, Math.ceil(orders / 50))) : 500;
const openStates = `'requested', 'claimed', 'sent', 'unknown', 'voiding'`;
/** After the faults everything has to end within this; the horizons and pauses of the rehearsal are seconds. */
const resolvedWithinMs = 60_000;

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
  try {
    const disturbed = new Disturbed(stage, new Random(seed + 1));
    await stage.book.fail(plan.script);
    await disturbed.startAll();
    tell(`buying ${orders} labels at carriers that fail`);
    await whileDisturbed(disturbed, kill, () => askForAll(stage, disturbed, options));
    const faultsInjected = await stage.book.faults();
    await stage.book.stopFailing();
    tell('the faults have stopped: what is open has to end');
    const secondsToResolve = await untilNoneIsOpen(stage, options);

    const labels = await stage.database.query<EndedLabel & { order_id: string }>(
      'select id, state, reason, order_id from label_purchases',
    );
    const { violations, ...purchases } = auditPurchases(
      labels,
      await stage.book.charges(),
      await stage.book.calls(),
      kill,
    );
    tell('parcels travel, and the statements of the carriers are read');
    await playAftermath(stage);
    const { violations: ofMoney, ...money } = auditMoney(await settledOrders(stage), await differences(stage));
    const all = [...violations, ...ofMoney];
    return {
      ok: all.length === 0,
      ...{ seed, orders, ...purchases, secondsToResolve, ...money },
      faultsInjected,
      kills: disturbed.kills,
      violations: all,
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
  const { orders, kill, stopping } = options;
  const portion = portionOf(options);
  for (let from = 0; from < orders; from += portion) {
    const count = Math.min(portion, orders - from);
    const before = disturbed.times;
    const offers = await stage.offers();
    await patiently(async () => {
      // All of them or none: PostgreSQL may have been shut down between the commit and its answer.
      if ((await askedFor(stage)) === from) await oweLabels(stage.database, { from, count, offers, depositMinor });
    });
    await until(stage, options, ({ open }) => open <= portion / 2 && (!kill || disturbed.times > before));
    stopping?.throwIfAborted();
  }
  await until(stage, options, ({ unsent }) => unsent === 0);
}

const askedFor = async ({ database }: Stage): Promise<number> => {
  const [row] = await database.query<{ n: number }>('select count(*)::int as n from label_purchases');
  return row!.n;
};

interface Standing {
  readonly bought: number;
  readonly open: number;
  readonly unsent: number;
}

async function until(
  stage: Stage,
  { stopping, onProgress }: RehearsalOptions,
  holds: (standing: Standing) => boolean,
): Promise<void> {
  for (;;) {
    stopping?.throwIfAborted();
    const standing = await patiently(() => standingOf(stage));
    onProgress?.(standing.bought, standing.open);
    if (holds(standing)) return;
    await wait(200);
  }
}

async function standingOf({ database }: Stage): Promise<Standing> {
  const [row] = await database.query<Record<keyof Standing, number>>(
    `select count(*) filter (where state = 'purchased')::int as bought, count(*) filter (where state in (${openStates}))::int as open,
            count(*) filter (where state in ('requested', 'claimed') and sent_at is null)::int as unsent from label_purchases`,
  );
  return row!;
}

/** PostgreSQL is shut down and started again all the time. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let times = 1; ; times += 1) {
    try {
      return await ask();
    } catch (error) {
      if (times === 60) throw error;
      await wait(250);
    }
  }
}

/** Seconds until no label is open any more, or until that has taken too long. */
async function untilNoneIsOpen(stage: Stage, options: RehearsalOptions): Promise<number> {
  const begun = performance.now();
  const isOver = () => performance.now() - begun > resolvedWithinMs;
  await until(stage, options, ({ open }) => open === 0 || isOver());
  return (performance.now() - begun) / 1_000;
}

async function settledOrders({ database }: Stage): Promise<readonly SettledOrder[]> {
  const rows = await database.query<{ id: string; payout: string; has_label: boolean; held: number }>(
    `select o.id, o.payout,
            exists (select from label_purchases l where l.order_id = o.id and l.state = 'purchased') as has_label,
            (select coalesce(sum(case when credit = 'import_fee_deposits' then minor when debit = 'import_fee_deposits' then -minor end), 0)::int
               from ledger_transfers t where t.order_id = o.id) as held
       from orders o`,
  );
  return rows.map(({ id, payout, has_label, held }) => ({ orderId: id, payout, hasLabel: has_label, held }));
}

async function differences({ database }: Stage): Promise<readonly string[]> {
  const rows = await database.query<{ kind: string }>(
    'select kind from statement_differences where settled_at is null',
  );
  return rows.map(({ kind }) => kind);
}
