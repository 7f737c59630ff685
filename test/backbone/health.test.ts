import { appendMessages, outgoing, SellerEntity } from '@ge/database';
import { Consumer, ConsumerWatch, failingConnection, Sender, waitingConnection } from '@ge/queue';
import {
  eventually,
  type ServiceProcess,
  sellerRow,
  startService,
  type TestDatabase,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cuttableRoad } from './fixtures/cuttableRoad.ts';
import { dangerousJob } from './fixtures/dangerousJob.ts';

let db: TestDatabase;
let space: ReturnType<typeof testSpace>;
let service: ServiceProcess | null;

beforeEach(async () => {
  db = await testDatabase();
  space = testSpace();
  service = null;
});

afterEach(async () => {
  await service?.stop();
  await db.drop();
});

const look = async (path: string) => {
  const response = await fetch(`${service!.healthUrl}${path}`);
  return { status: response.status, body: await response.text() };
};

test('a service whose database is away is unready and alive, waits with its jobs, and does them when it is back', async () => {
  await db.database.transaction((tx) => tx.insert(SellerEntity, [sellerRow('S-1')]));
  const road = await cuttableRoad(db.url);
  service = await startService('test/backbone/fixtures/dangerousService.ts', { databaseUrl: road.url, space });
  expect((await look('/ready')).status).toBe(200);
  expect((await look('/live')).status).toBe(200);

  await db.database.transaction((tx) =>
    appendMessages(tx, [outgoing(dangerousJob, { payload: { sellerId: 'S-1', kills: false }, sellerId: 'S-1' })]),
  );
  const [row] = await db.database.query<{ id: string }>('select id from messages');
  await road.cut();
  expect(await look('/ready')).toEqual({
    status: 503,
    body: JSON.stringify({ service: 'dangerous', ok: false, waitingFor: ['PostgreSQL'] }),
  });
  const redis = failingConnection(space);
  const sender = new Sender(space, dangerousJob.queue, redis);
  await sender.send([{ id: Number(row!.id), gen: 0, name: dangerousJob.name, sellerId: 'S-1' }]);
  await eventually('it has tried', () => service!.log.some((line) => line.msg === 'running the batch again'));
  expect((await look('/live')).status).toBe(200);
  await road.mend();
  await eventually('done', async () => (await db.database.query('select from messages')).length === 0);
  expect((await look('/ready')).status).toBe(200);
  await sender.close();
  redis.disconnect();
  await service.stop();
  await road.cut();
});

/** A consumer whose only job ends when it is told to, and who watches it. */
async function watched() {
  const connection = waitingConnection(space);
  const redis = failingConnection(space);
  const sender = new Sender(space, 'still', redis);
  let finish = () => {};
  const consumer = new Consumer({
    space,
    queue: 'still',
    connection,
    concurrency: 5,
    lockMs: 5_000,
    handle: () =>
      new Promise((resolve) => {
        finish = () => resolve({ kind: 'settled' });
      }),
    onError: () => undefined,
  });
  await consumer.ready();
  return {
    connection,
    watch: new ConsumerWatch(space, consumer, redis),
    send: (id: number) => sender.send([{ id, gen: 0, name: 'x', sellerId: 'S-1' }]),
    finish: () => finish(),
    async [Symbol.asyncDispose]() {
      await sender.close();
      await consumer.close();
      redis.disconnect();
      connection.disconnect();
    },
  };
}

test('a consumer with a job in hand that does not move is stuck; one with nothing to do is not', async () => {
  await using scene = await watched();
  expect(await scene.watch.stuckForMs()).toBe(0);
  await scene.send(1);
  await eventually('a job in hand that does not move', async () => (await scene.watch.stuckForMs()) > 50);
  scene.finish();
  await eventually('it moved', async () => (await scene.watch.stuckForMs()) === 0);
});

test('a consumer that says it runs while jobs wait and it takes none is stuck', async () => {
  await using scene = await watched();
  scene.connection.disconnect();
  expect(await scene.watch.stuckForMs()).toBe(0);
  await scene.send(1);
  await eventually('passed by', async () => (await scene.watch.stuckForMs()) > 50);
});
