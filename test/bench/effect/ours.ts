import { appendMessages, outgoing } from '@ge/database';
import { eventually, startService, testSpace } from '@ge/testkit';
import { cpuMs } from '../servers/processUse.ts';
import { figureIn } from './figureIn.ts';
import { checkOnce, sellerOf, templateOf, templatesFor } from './templates.ts';
import { touchTemplate } from './touchTemplate.ts';

/** How many a quick run loads, wherever it asks what ours does at full speed: one answer serves all. */
export const quickJobs = 4_000;

export interface OursDone {
  readonly perSecond: number;
  readonly beside: Readonly<Record<string, number>>;
}

/**
 * Jobs with one database effect each through a relay and a worker, processes of their own with their defaults: from messages
 * in PostgreSQL until none is owed. @throws Error unless each took effect exactly once
 */
export async function databaseEffects(jobs: number): Promise<OursDone> {
  const db = await templatesFor(jobs);
  const space = testSpace();
  const { database } = db;
  await database.query(`insert into pauses (queue, seller_id, reason) values ('*', '*', 'not yet')`);
  for (let from = 0; from < jobs; from += 1_000)
    await database.transaction((tx) =>
      appendMessages(
        tx,
        Array.from({ length: Math.min(1_000, jobs - from) }, (_, no) => {
          const payload = { sellerId: sellerOf(from + no), templateId: templateOf(from + no) };
          return outgoing(touchTemplate, { payload, sellerId: payload.sellerId });
        }),
      ),
    );
  await database.query('analyze');
  const options = { databaseUrl: db.url, space, env: { JOB_LOCK_MS: '15000', RELAY_RESEND_MS: '5000' } };
  const [relay, worker] = await Promise.all([
    startService('relay', options),
    startService('test/bench/effect/worker.ts', options),
  ]);
  try {
    const cpuOf = () => Promise.all([relay, worker].map((service) => cpuMs(service.process.pid)));
    const before = await cpuOf();
    const started = performance.now();
    await database.query('delete from pauses');
    const isDone = async () =>
      (await database.query(`select from messages where state = 'ready' and due_at is null limit 1`)).length === 0;
    await eventually('all done', isDone, 300_000);
    const ms = performance.now() - started;
    const after = await cpuOf();
    const metrics = await (await fetch(`${worker.healthUrl}/metrics`)).text();
    await checkOnce(db, jobs, 'messages', 'the fleet');
    const batches = figureIn(metrics, 'ge_batch_jobs_count');
    const micros = (index: number) => ((after[index]! - before[index]!) / jobs) * 1_000;
    return {
      perSecond: (jobs / ms) * 1_000,
      beside: {
        'jobs a batch': jobs / batches,
        'statements a batch': figureIn(metrics, 'bench_statements_total') / batches,
        'relay, CPU µs per job': micros(0),
        'worker, CPU µs per job': micros(1),
      },
    };
  } finally {
    await Promise.all([relay.stop(), worker.stop()]);
    await db.drop();
  }
}
