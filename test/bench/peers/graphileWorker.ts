/** graphile-worker with its local queue, which its documentation advises for throughput. */
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { templateOf } from '../effect/templates.ts';
import { effect, peer } from './program.ts';

const logger = new Logger(() => () => undefined);

await peer(async ({ databaseUrl, jobs }, didOne) => {
  const maker = await makeWorkerUtils({ connectionString: databaseUrl, logger });
  await maker.migrate();
  for (let from = 0; from < jobs; from += 1_000)
    await maker.addJobs(
      Array.from({ length: Math.min(1_000, jobs - from) }, (_, no) => ({
        identifier: 'touch',
        payload: { id: templateOf(from + no) },
      })),
    );
  await maker.release();
  return () =>
    run({
      logger,
      connectionString: databaseUrl,
      maxPoolSize: 10,
      preset: {
        worker: {
          concurrentJobs: 10,
          pollInterval: 500,
          localQueue: { size: 500, refetchDelay: { durationMs: 10 } },
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
      taskList: {
        touch: async (payload, { withPgClient }) => {
          await withPgClient(async (client) => {
            await client.query('begin');
            await effect(client, (payload as { id: string }).id);
            await client.query('commit');
          });
          didOne();
        },
      },
    });
});
