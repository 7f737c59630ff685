/** pg-boss: batches are fetched without a pause while they are full, and each job has a transaction of its own. */
import { PgBoss } from 'pg-boss';
import { templateOf } from '../effect/templates.ts';
import { inTransaction, poolOf } from './pgPool.ts';
import { effect, effects, peer } from './program.ts';

/** `batch`: one transaction for all jobs of a fetch, as its handler makes possible. */
const isBatch = process.argv.includes('batch');

await peer(async ({ databaseUrl, jobs }, didOne) => {
  const boss = new PgBoss({ connectionString: databaseUrl, max: 10, supervise: false, schedule: false });
  boss.on('error', (error) => process.stderr.write(`${error.message}\n`));
  await boss.start();
  await boss.createQueue('touch');
  for (let from = 0; from < jobs; from += 1_000)
    await boss.insert(
      'touch',
      Array.from({ length: Math.min(1_000, jobs - from) }, (_, no) => ({ data: { id: templateOf(from + no) } })),
    );
  const pool = poolOf(databaseUrl);
  return () =>
    boss.work<{ id: string }>(
      'touch',
      { batchSize: 200, localConcurrency: 3, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true },
      async (batch) => {
        const ids = batch.map(({ data }) => data.id);
        if (isBatch) await inTransaction(pool, (client) => effects(client, ids));
        else await Promise.all(ids.map((id) => inTransaction(pool, (client) => effect(client, id))));
        didOne(ids.length);
      },
    );
});
