import { defineJob } from '@ge/contracts';
import { appendMessages, outgoing } from '@ge/database';
import { boardQueues, failingConnection, Sender } from '@ge/queue';
import { batchHandler, DatabaseRunner, done } from '@ge/runtime';
import { eventually, startWorker, type TestDatabase, testDatabase, testSpace } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { deliveryOf, readyMessage, runnerContext } from './fixtures/runnerContext.ts';

const fragile = defineJob({
  name: 'fragile',
  queue: 'fragile',
  payload: z.strictObject({ failure: z.enum(['none', 'nul', 'emoji', 'slow']) }),
  options: { maxAttempts: 2, backoff: { base: 1, max: 1 } },
  why: 'A test job that fails in ways that are hard to write down.',
});

const texts = { nul: 'a \u0000 in the text', emoji: `${'x'.repeat(299)}\u{1F4E6} parcel`, slow: '', none: '' };

const handler = batchHandler({
  contract: fragile,
  load: async (tx, jobs) => {
    for (const { payload } of jobs) {
      if (payload.failure === 'slow') {
        await tx.query(`set local statement_timeout = '20ms'`);
        await tx.query('select pg_sleep(1)');
      }
      if (payload.failure !== 'none') throw new Error(texts[payload.failure]);
    }
    return {};
  },
  decide: () => done(),
  save: async () => undefined,
});

let db: TestDatabase;
let space: ReturnType<typeof testSpace>;
let redis: ReturnType<typeof failingConnection>;
let sender: Sender;

beforeEach(async () => {
  db = await testDatabase();
  space = testSpace();
  redis = failingConnection(space);
  sender = new Sender(space, fragile.queue, redis);
});

afterEach(async () => {
  await sender.close();
  redis.disconnect();
  await db.drop();
});

const owe = (...failures: (keyof typeof texts)[]) =>
  db.database.transaction((tx) =>
    appendMessages(
      tx,
      failures.map((failure) => outgoing(fragile, { payload: { failure }, sellerId: 'S-1' })),
    ),
  );

/** Sends everything owed as the relay would. Returns how many there were. */
async function pump(): Promise<number> {
  const rows = await db.database.query<{ id: string; gen: number }>(
    `update messages set due_at = null where state = 'ready' returning id, gen`,
  );
  await sender.send(rows.map(({ id, gen }) => ({ id: Number(id), gen, name: fragile.name, sellerId: 'S-1' })));
  return rows.length;
}

const allEnded = () => eventually('all ended', async () => (await pump()) === 0);

const outcomes = async () =>
  (await db.database.query<{ outcome: string }>('select outcome from message_log order by message_id')).map(
    ({ outcome }) => outcome,
  );

test('a failure whose text PostgreSQL cannot store still ends its job with a reason, and nothing is stuck in Redis', async () => {
  const worker = await startWorker([handler], {
    database: db.database,
    databaseUrl: db.url,
    space,
    env: { LOG_LEVEL: 'silent' },
  });
  await owe('nul', 'emoji', 'none');
  await allEnded();
  expect(await outcomes()).toEqual(['dead', 'dead', 'done']);
  await worker.stop();
});

test('a job that times out again and again is charged for it alone; its neighbours are done', async () => {
  const worker = await startWorker([handler], {
    database: db.database,
    databaseUrl: db.url,
    space,
    env: { LOG_LEVEL: 'silent' },
  });
  await owe('none', 'slow', 'none');
  await allEnded();
  expect(await outcomes()).toEqual(['done', 'dead', 'done']);
  await worker.stop();
});

test('a job that this release does not know stays owed and is run by the next release', async () => {
  const another = defineJob({ ...fragile, name: 'another' });
  const env = { LOG_LEVEL: 'silent' };
  const old = await startWorker([{ ...handler, contract: another }], {
    database: db.database,
    databaseUrl: db.url,
    space,
    env,
  });
  await owe('none');
  await pump();
  const [queue] = boardQueues(space, [fragile.queue], redis);
  await eventually('given back', async () => (await queue!.getDelayedCount()) === 1);
  await old.stop();
  const next = await startWorker([handler], { database: db.database, databaseUrl: db.url, space, env });
  await allEnded();
  expect(await outcomes()).toEqual(['done']);
  await next.stop();
  await queue!.close();
});

test('a job put straight into BullMQ under an id like a pointer is run as the job it is', async () => {
  const worker = await startWorker([handler], { database: db.database, databaseUrl: db.url, space });
  const [queue] = boardQueues(space, [fragile.queue], redis);
  const day = new Date().toISOString().slice(0, 10);
  await queue!.add(
    fragile.name,
    { v: 1, key: 'order 114-7', day, sellerId: 'S-1', payload: { failure: 'none' } },
    { jobId: '114-7', removeOnComplete: true },
  );
  await eventually('done', async () => (await outcomes()).length === 1);
  await worker.stop();
  expect(await outcomes()).toHaveLength(1);
  await queue!.close();
});

test('a pointer under the name of another job, whose payload would fit, runs nothing: the message stays owed to its own', async () => {
  const another = { ...handler, contract: defineJob({ ...fragile, name: 'another' }) };
  const runner = new DatabaseRunner(runnerContext(db.database), another);
  await owe('none');
  const delivery = await deliveryOf(db.database, await readyMessage(db.database));
  for (const wasAbandoned of [false, true])
    expect(await runner.handle({ ...delivery, name: 'another', wasAbandoned })).toEqual({ kind: 'settled' });
  expect(await outcomes()).toEqual([]);
  expect(await db.database.query('select state, crashes from messages')).toEqual([{ state: 'ready', crashes: 0 }]);
});

test('the same key on two days is two jobs, and each of them takes effect once even when they come together', async () => {
  const runner = new DatabaseRunner(runnerContext(db.database), handler);
  const delivery = (day: string) => ({
    name: fragile.name,
    pointer: null,
    data: { v: 1, key: 'nightly', day, sellerId: 'S-1', payload: { failure: 'none' } },
    wasAbandoned: false,
    sentAt: Date.now(),
    waitedMs: 0,
  });
  const today = new Date().toISOString().slice(0, 10);
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await runner.handle(delivery(yesterday));
  await Promise.all([runner.handle(delivery(yesterday)), runner.handle(delivery(today))]);
  expect(await outcomes()).toEqual(['done', 'done']);
});
