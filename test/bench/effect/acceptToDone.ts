import { eventually, startService, testSpace } from '@ge/testkit';
import { type Arrivals, arrive } from './arrivals.ts';
import { figureIn } from './figureIn.ts';
import { checkOnce, sellerOf, templateOf, templatesFor } from './templates.ts';
import { touchTemplate } from './touchTemplate.ts';

/**
 * The 99th percentile, in milliseconds, of the time from the planned acceptance of a message to the commit that ended it,
 * through a relay and a worker with their defaults. The first `warmUp` arrivals are not counted.
 * @throws Error unless each took effect exactly once
 */
export async function acceptToDone(arrivals: Arrivals, warmUp: number): Promise<number> {
  const { count } = arrivals;
  const db = await templatesFor(count);
  const { database } = db;
  await database.query('vacuum analyze');
  const options = {
    databaseUrl: db.url,
    space: testSpace(),
    env: { JOB_LOCK_MS: '15000', RELAY_RESEND_MS: '5000', BENCH_WARM_UP: String(warmUp) },
  };
  const [relay, worker] = await Promise.all([
    startService('relay', options),
    startService('test/bench/effect/worker.ts', options),
  ]);
  const figure = async (name: string) => figureIn(await (await fetch(`${worker.healthUrl}/metrics`)).text(), name);
  try {
    await arrive(arrivals, (nos, dueAt) =>
      database.query(
        `insert into messages (queue, name, seller_id, payload, created_at)
         select $1, $2, payload->>'sellerId', payload, $4 from json_array_elements($3::json) as payload`,
        [
          touchTemplate.queue,
          touchTemplate.name,
          JSON.stringify(nos.map((no) => ({ sellerId: sellerOf(no), templateId: templateOf(no) }))),
          new Date(dueAt),
        ],
      ),
    );
    await eventually('all done', async () => (await figure('bench_through_ended')) >= count - warmUp, 120_000);
    await checkOnce(db, count, 'messages', 'the fleet');
    return await figure('bench_through_p99_ms');
  } finally {
    await Promise.all([relay.stop(), worker.stop()]);
    await db.drop();
  }
}
