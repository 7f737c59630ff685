import { eventually, startService, testSpace } from '@ge/testkit';
import { templatesFor } from './templates.ts';
import { touchTemplate } from './touchTemplate.ts';

/**
 * Jobs per second over the first `jobs` of a backlog that is longer by `waiting`: from a tenth of them to three quarters, while
 * the relay has more to send in any case. Towards the end of a backlog it has not, and its part of the machine is free.
 * @throws Error where what was done and what came of it are not the same number
 */
export async function effectsFromBacklog(jobs: number, waiting: number): Promise<number> {
  const db = await templatesFor(jobs);
  const space = testSpace();
  const { database } = db;
  await database.query(`insert into pauses (queue, seller_id, reason) values ('*', '*', 'not yet')`);
  // Each seller's messages lie in the order in which sellers take turns; templates come round again in a long backlog.
  await database.query(
    `insert into messages (queue, name, seller_id, payload)
     select $1, $2, 'S-' || no % 100, jsonb_build_object('sellerId', 'S-' || no % 100, 'templateId', 'tpl_' || no % $4::int)
       from generate_series(0, $3::int - 1) as no`,
    [touchTemplate.queue, touchTemplate.name, jobs + waiting, jobs],
  );
  await database.query('vacuum analyze messages');
  const options = { databaseUrl: db.url, space, env: { JOB_LOCK_MS: '15000', RELAY_RESEND_MS: '5000' } };
  const [relay, worker] = await Promise.all([
    startService('relay', options),
    startService('test/bench/effect/worker.ts', options),
  ]);
  try {
    const done = async () => (await database.query<{ n: number }>('select count(*)::int as n from message_log'))[0]!.n;
    await database.query('delete from pauses');
    await eventually('the first ones done', async () => (await done()) >= jobs / 10, 120_000);
    const [from, started] = [await done(), performance.now()];
    await eventually('enough done', async () => (await done()) >= jobs * 0.75, 300_000);
    const [to, ms] = [await done(), performance.now() - started];
    return ((to - from) / ms) * 1_000;
  } finally {
    await Promise.all([relay.stop(), worker.stop()]);
    const [check] = await database.query<{ touched: number; ended: number; twice: number }>(
      `select (select sum(version - 1)::int from shipping_templates) as touched, (select count(*)::int from message_log) as ended,
              (select count(*)::int from (select from message_log group by message_id having count(*) > 1) as doubled) as twice`,
    );
    await db.drop();
    if (check!.touched !== check!.ended || check!.twice > 0)
      // biome-ignore lint/correctness/noUnsafeFinally: a figure of work that was not done must not be returned
      throw new Error(`${check!.ended} jobs ended with ${check!.touched} effects`);
  }
}
