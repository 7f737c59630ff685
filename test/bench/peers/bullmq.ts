/** BullMQ with a transaction for each job by `pg`, by MikroORM (`orm`), or with a processor that does nothing (`empty`). */

import { ormOptions, ShippingTemplateEntity } from '@ge/database';
import { LockMode, MikroORM } from '@mikro-orm/postgresql';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { templateOf } from '../effect/templates.ts';
import { inTransaction, poolOf } from './pgPool.ts';
import { effect, peer } from './program.ts';

const [kind] = process.argv.slice(-1) as ['pg' | 'orm' | 'empty'];

await peer(async ({ databaseUrl, redisUrl, namespace, jobs }, didOne) => {
  const connect = () => new Redis(redisUrl, { maxRetriesPerRequest: null, enableAutoPipelining: true });
  const prefix = `{${namespace}:peer}`;
  const queue = new Queue('touch', { connection: connect(), prefix, streams: { events: { maxLen: 1_000 } } });
  for (let from = 0; from < jobs; from += 1_000)
    await queue.addBulk(
      Array.from({ length: Math.min(1_000, jobs - from) }, (_, no) => ({
        name: 'touch',
        data: { id: templateOf(from + no) },
        opts: { removeOnComplete: true, attempts: 3 },
      })),
    );
  const work = kind === 'empty' ? async () => undefined : await workOf(kind, databaseUrl);
  const worker = new Worker<{ id: string }>(
    'touch',
    async ({ data }) => {
      await work(data.id);
      didOne();
    },
    // An empty processor gains from many at once; more transactions at once than connections gain nothing.
    { connection: connect(), prefix, concurrency: kind === 'empty' ? 500 : 50, autorun: false },
  );
  await worker.waitUntilReady();
  return () => void worker.run();
});

async function workOf(by: 'pg' | 'orm', databaseUrl: string): Promise<(id: string) => Promise<unknown>> {
  if (by === 'pg') {
    const pool = poolOf(databaseUrl);
    return (id) => inTransaction(pool, (client) => effect(client, id));
  }
  const orm = await MikroORM.init(ormOptions({ url: databaseUrl, applicationName: 'bench-orm', poolSize: 10 }));
  return (id) =>
    orm.em.fork().transactional(async (em) => {
      const template = await em.findOneOrFail(
        ShippingTemplateEntity,
        { id: id as never },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      template.version += 1;
      await em.flush();
      await em.execute(`insert into follow_ups (template_id, due_at) values (?, '2999-01-01')`, [id]);
    });
}
