import { appendMessages, outgoing } from '@ge/database';
import { bundled, failingConnection, Sender } from '@ge/queue';
import { countBytes, countBytesTo, eventually, runOwed, startWorker, type TestDatabase, testSpace } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sellerOf, templateOf, templatesFor } from '../effect/templates.ts';
import { touchTemplate, touchTemplateHandler } from '../effect/touchTemplate.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await templatesFor(2_000);
});

afterAll(() => db.drop());

/** Owes jobs from template 1,000 on, so that all ids have as many digits and what is counted is the same every time. */
const owe = (count: number) =>
  db.database.transaction((tx) =>
    appendMessages(
      tx,
      Array.from({ length: count }, (_, no) => {
        const payload = { sellerId: sellerOf(1_000 + no), templateId: templateOf(1_000 + no) };
        return outgoing(touchTemplate, { payload, sellerId: payload.sellerId });
      }),
    ),
  );

/** What each job sends, without what is sent once however many there are: from the difference between many and few. */
async function bytesOfEach(few: number, many: number, bytesOf: (count: number) => Promise<number>): Promise<number> {
  const first = await bytesOf(few);
  return ((await bytesOf(many)) - first) / (many - few);
}

test('a job of a batch sends its id twice, its change and its follow-up to PostgreSQL, and little else', async () => {
  const bytes = await countBytes(db.database);
  const each = await bytesOfEach(100, 200, async (count) => {
    await owe(count);
    const before = bytes();
    await runOwed(db.database, touchTemplateHandler, true);
    return bytes() - before;
  });
  expect(each).toBeLessThan(260);
});

test('a job of a bundle costs Redis little more than where its row is, from the relay as from the worker', async () => {
  const space = testSpace();
  const redis = countBytesTo(space.redisUrl);
  const connection = failingConnection(space);
  const sender = new Sender(space, touchTemplate.queue, connection);
  const options = { database: db.database, databaseUrl: db.url, space, env: { JOB_LOCK_MS: '60000' } };
  const worker = await startWorker([touchTemplateHandler], options);
  /** What both send for so many jobs in bundles of fifty. */
  const through = async (count: number) => {
    await owe(count);
    const rows = await db.database.query<{ id: string }>('select id from messages where due_at is null order by id');
    const pointers = rows.map(({ id }) => ({ id: Number(id), gen: 0, name: touchTemplate.name, sellerId: 'S-1' }));
    const before = redis.bytes();
    await sender.sendBundles(bundled(pointers, 50));
    await eventually('all done', async () => (await db.database.query(notDone)).length === 0);
    return redis.bytes() - before;
  };
  try {
    // Scripts are sent once, with the first jobs.
    await through(100);
    expect((await through(1_000)) / 1_000).toBeLessThan(90);
  } finally {
    await worker.stop();
    await sender.close();
    connection.disconnect();
    redis.end();
  }
});

const notDone = 'select from messages where due_at is null limit 1';
