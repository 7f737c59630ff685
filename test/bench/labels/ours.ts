import { eventually, oweLabels, startService, testDatabase, testSpace } from '@ge/testkit';
import type { BenchServers } from '../servers/benchServers.ts';
import { cpuMs, cpuMsWithChildren } from '../servers/processUse.ts';
import { type BenchCarrier, carrierKey } from './simulator.ts';

export interface LabelsDone {
  readonly perSecond: number;
  /** CPU milliseconds per label by process. */
  readonly beside: Readonly<Record<string, number>>;
}

/**
 * Labels per second through relay and worker, processes of their own with their defaults: from messages in PostgreSQL until
 * the last purchase is written down with its document. @throws Error unless each was bought and charged exactly once
 */
export async function labelsThroughFleet(
  count: number,
  carrier: BenchCarrier,
  pids: BenchServers['pids'],
): Promise<LabelsDone> {
  const db = await testDatabase(2);
  const { database } = db;
  await database.query(`insert into pauses (queue, seller_id, reason) values ('*', '*', 'not yet')`);
  await oweLabels(database, { count, offers: [await carrier.offer()] });
  await database.query('analyze');
  const options = { databaseUrl: db.url, space: testSpace(), env: { JOB_LOCK_MS: '15000', RELAY_RESEND_MS: '5000' } };
  const [relay, worker] = await Promise.all([
    startService('relay', options),
    startService('label-purchase', {
      ...options,
      env: { ...options.env, CARRIER_URL: carrier.url, CARRIER_API_KEY: carrierKey },
    }),
  ]);
  const cpu = async () => ({
    relay: await cpuMs(relay.process.pid),
    worker: await cpuMs(worker.process.pid),
    PostgreSQL: await cpuMsWithChildren(pids.postgres),
    Redis: await cpuMs(pids.redis),
    carrier: await cpuMs(carrier.process.process.pid),
  });
  try {
    const charged = await carrier.charges();
    const before = await cpu();
    const started = performance.now();
    await database.query('delete from pauses');
    // Those that an index lists, and not often: looking must not be part of what is measured.
    const open = `'requested', 'claimed', 'sent', 'unknown', 'parked', 'voiding'`;
    const isDone = async () =>
      (await database.query(`select from label_purchases where state in (${open}) limit 1`)).length === 0;
    await eventually('all bought', isDone, 300_000, 100);
    const ms = performance.now() - started;
    const after = await cpu();
    const [found] = await database.query<Record<string, number>>(
      `select (select count(*)::int from label_purchases where state = 'purchased' and document_id is not null) as labels,
              (select count(*)::int from documents where size > 0) as documents,
              (select count(*)::int from orders where state = 'confirmed') as confirmed,
              (select count(distinct message_id)::int from message_log where name = 'buy-label' and outcome = 'done') as ended,
              (select $1 - count(*)::int from messages) as settled`,
      [count],
    );
    const all = { ...found, charges: (await carrier.charges()) - charged };
    if (Object.values(all).some((value) => value !== count))
      throw new Error(`the fleet did not buy ${count} labels once each: ${JSON.stringify(all)}`);
    const names = Object.keys(before) as (keyof typeof before)[];
    return {
      perSecond: (count / ms) * 1_000,
      beside: Object.fromEntries(
        names.map((name) => [`${name}, CPU ms per label`, (after[name] - before[name]) / count]),
      ),
    };
  } finally {
    await Promise.all([relay.stop(), worker.stop()]);
    await db.drop();
  }
}
