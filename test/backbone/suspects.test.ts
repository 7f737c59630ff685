import { appendMessages, outgoing, SellerEntity } from '@ge/database';
import { failingConnection, Sender, sendDirect } from '@ge/queue';
import {
  eventually,
  type ServiceProcess,
  sellerRow,
  startService,
  startWorker,
  type TestDatabase,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dangerousHandler, dangerousJob } from './fixtures/dangerousJob.ts';

let db: TestDatabase;
let space: ReturnType<typeof testSpace>;
let redis: ReturnType<typeof failingConnection>;

beforeEach(async () => {
  db = await testDatabase();
  space = testSpace();
  redis = failingConnection(space);
  await db.database.transaction((tx) => tx.insert(SellerEntity, [sellerRow('S-1')]));
});

afterEach(async () => {
  redis.disconnect();
  await db.drop();
});

const effects = async () =>
  Number((await db.database.query<{ command_no: string }>(`select command_no from sellers`))[0]!.command_no);

test('a job that kills its process is dead after three crashes alone; 200 good ones beside it take effect, each once, and lose no attempt', async () => {
  const sender = new Sender(space, dangerousJob.queue, redis);
  await db.database.transaction((tx) =>
    appendMessages(
      tx,
      Array.from({ length: 201 }, (_, index) =>
        outgoing(dangerousJob, { payload: { sellerId: 'S-1', kills: index === 90 }, sellerId: 'S-1' }),
      ),
    ),
  );
  const send = async () => {
    const rows = await db.database.query<{ id: string; gen: number }>(
      `select id, gen from messages where state = 'ready'`,
    );
    await sender.send(
      rows.map((row) => ({ id: Number(row.id), gen: row.gen, name: dangerousJob.name, sellerId: 'S-1' })),
    );
    return rows.length;
  };
  await send();
  const env = { JOB_LOCK_MS: '1000' };
  let service: ServiceProcess = await startService('test/backbone/fixtures/dangerousService.ts', {
    databaseUrl: db.url,
    space,
    env,
  });
  let restarts = 0;
  while ((await db.database.query(`select 1 from messages where state = 'ready'`)).length > 0) {
    const died = await Promise.race([
      service.ended.then(() => true),
      eventually(
        'all settled',
        async () => (await db.database.query(`select 1 from messages where state = 'ready'`)).length === 0,
      ).then(() => false),
    ]);
    if (!died) break;
    restarts += 1;
    service = await startService('test/backbone/fixtures/dangerousService.ts', { databaseUrl: db.url, space, env });
    await send();
  }
  await service.stop();
  await sender.close();
  expect(await effects()).toBe(200);
  expect(
    await db.database.query(
      'select outcome, attempts, count(*)::int as jobs from message_log group by 1, 2 order by 1',
    ),
  ).toEqual([
    { outcome: 'dead', attempts: 0, jobs: 1 },
    { outcome: 'done', attempts: 0, jobs: 200 },
  ]);
  expect(await db.database.query('select state, crashes, last_error from messages')).toEqual([
    { state: 'dead', crashes: 4, last_error: '3 processes died while they ran it alone' },
  ]);
  // Once in company, then three times alone.
  expect(restarts).toBe(4);
});

test('a job put straight into BullMQ takes effect once however often its key is sent, and an old envelope never', async () => {
  const worker = await startWorker([dangerousHandler], { database: db.database, databaseUrl: db.url, space });
  const now = new Date();
  const payload = { sellerId: 'S-1', kills: false };
  for (const key of ['a', 'a', 'b', 'a', 'b'])
    await sendDirect(space, redis, dangerousJob, { key, sellerId: 'S-1', payload, now });
  await sendDirect(space, redis, dangerousJob, {
    key: 'c',
    sellerId: 'S-1',
    payload,
    now: new Date(now.getTime() - 30 * 86_400_000),
  });
  await eventually('both took effect', async () => (await effects()) === 2);
  await sendDirect(space, redis, dangerousJob, { key: 'a', sellerId: 'S-1', payload, now });
  await sendDirect(space, redis, dangerousJob, { key: 'last', sellerId: 'S-1', payload, now });
  await eventually('the last one took effect', async () => (await effects()) === 3);
  expect(await db.database.query('select key from receipts order by key')).toEqual([
    { key: 'a' },
    { key: 'b' },
    { key: 'last' },
  ]);
  await worker.stop();
});
