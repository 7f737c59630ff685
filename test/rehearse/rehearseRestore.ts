import { routes } from '@ge/api';
import { type Database, openDatabase } from '@ge/database';
import { eventually, oweLabels } from '@ge/testkit';
import { reconcileAll, withStatement } from './aftermath.ts';
import { conclude } from './conclusion.ts';
import { carrierNames, faultPlan, silentOf } from './faultScript.ts';
import type { RehearsalOptions, RestoreRehearsed } from './rehearsal.ts';
import { depositMinor } from './rehearseLabels.ts';
import { openStage, type Stage } from './stage.ts';
import { until, untilNoneIsOpen } from './standing.ts';

const queue = 'label-purchase';
/** Those whose statements tell what was bought after the backup. */
const carriers = withStatement(carrierNames);

/**
 * Buys labels at carriers that fail, loses the database in the middle of it, and goes on with a backup that was made before any
 * was bought: purchases are paused, the carriers' statements are read, and only then is anything bought. Audits all of it against
 * the carriers' own book.
 * @throws Error where the rehearsal itself could not go on
 */
export async function rehearseRestore(
  options: Omit<RehearsalOptions, 'kill' | 'through' | 'carriers'>,
): Promise<RestoreRehearsed> {
  const { orders, seed, tell = () => {} } = options;
  const plan = faultPlan(seed, carriers);
  tell('starting PostgreSQL, Redis, the carriers and the fleet');
  const stage = await openStage(plan);
  const { book, servers } = stage;
  try {
    await oweLabels(servers.database, { count: orders, offers: await stage.offers(carriers.length), depositMinor });
    tell(`${orders} labels are asked for: a backup is made`);
    const live = await copyOf(servers, 'live');

    await book.fail(plan.script);
    const first = await stage.fleetOn(live.url, 'first');
    await Promise.all([first.start('relay'), first.start(queue)]);
    tell('buying most of them at carriers that fail');
    await until(live.database, options, ({ bought }) => bought >= orders * 0.6);
    await first.kill();
    await live.database.close();
    await book.stopFailing();
    const chargedBefore = await chargedNow(stage);
    tell(`the database is lost, ${chargedBefore.size} labels are charged: going on with the backup`);

    const { database } = servers;
    const second = await stage.fleetOn(servers.databaseUrl, 'second');
    await second.client.call(routes.pauses.setPause, { body: { queue, reason: 'a backup was restored' } });
    await Promise.all([second.start('relay'), second.start(queue)]);
    await reconcileAll(second.client, carriers);
    await eventually('the statements are read', () => areStatementsRead(database), 120_000);
    const callsWhilePaused = await buyCalls(stage);
    await second.client.call(routes.pauses.liftPause, { params: { queue, sellerId: '*' } });
    tell('the statements are read: purchases go on');
    const secondsToResolve = await untilNoneIsOpen(database, options);
    const circumstances = { killed: true, silentCarriers: silentOf(plan), restored: true };
    const concluded = await conclude({ database, fleet: second, book, carriers, ...circumstances, tell });
    const { voids: _, refunds: __, batches: ___, ...found } = concluded;
    const calls = await buyCalls(stage);
    const sentAgain = [...chargedBefore].filter((id) => (calls.get(id) ?? 0) > (callsWhilePaused.get(id) ?? 0)).length;
    const violations =
      sentAgain === 0 ? found.violations : [...found.violations, `${sentAgain} were charged and sent again`];
    return {
      ok: violations.length === 0,
      ...{ seed, orders, ...found, secondsToResolve, chargedBefore: chargedBefore.size, sentAgain, violations },
      faultsInjected: await book.faults(),
    };
  } finally {
    await stage.close();
  }
}

/** Another database of the same server that holds what the first one holds now. */
async function copyOf(
  { database, databaseUrl }: Stage['servers'],
  name: string,
): Promise<{ url: string; database: Database }> {
  const address = new URL(databaseUrl);
  const from = address.pathname.slice(1);
  address.pathname = '/postgres';
  const aside = await openDatabase({ url: address.href, applicationName: 'ge-rehearse', poolSize: 1 });
  try {
    await database.query('select 1');
    // Nobody may be connected to what is copied; pools connect again by themselves.
    await eventually('the copy is made', async () => {
      await aside.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${from}'`);
      return aside.query(`create database "${name}" template "${from}"`).then(
        () => true,
        () => false,
      );
    });
  } finally {
    await aside.close();
  }
  address.pathname = `/${name}`;
  return {
    url: address.href,
    database: await openDatabase({ url: address.href, applicationName: 'ge-rehearse', poolSize: 2 }),
  };
}

const chargedNow = async ({ book }: Stage): Promise<ReadonlySet<string>> =>
  new Set((await book.charges()).map(({ reference }) => reference));

async function buyCalls({ book }: Stage): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { operation, reference } of await book.calls())
    if (operation === 'buy' && reference !== null) counts.set(reference, (counts.get(reference) ?? 0) + 1);
  return counts;
}

async function areStatementsRead(database: Database): Promise<boolean> {
  const [row] = await database.query<{ read: number }>(
    'select count(*)::int as read from carrier_statements where read_at is not null',
  );
  return row!.read === 2;
}
