import { sendMail } from '@ge/contracts';
import { appendMessages, outgoing, SellerEntity } from '@ge/database';
import { boardQueues, failingConnection, Sender } from '@ge/queue';
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
let service: ServiceProcess | null;

beforeEach(async () => {
  db = await testDatabase();
  service = null;
});

afterEach(async () => {
  await service?.kill();
  await db.drop();
});

test.for(['relay', 'test/backbone/fixtures/dangerousService.ts'])(
  '%s stops at once although Redis is away',
  async (name) => {
    const space = testSpace();
    const road = await cuttableRoad(space.redisUrl);
    service = await startService(name, { databaseUrl: db.url, space: { ...space, redisUrl: road.url } });
    await road.cut();
    await db.database.transaction((tx) =>
      appendMessages(tx, [outgoing(sendMail, { payload: { mailId: 'mail_1' as never }, sellerId: 'S-1' })]),
    );
    await eventually('it has noticed', () => service!.log.some((line) => line.level === 'warn'));
    const asked = performance.now();
    await service.stop();
    expect(await service.ended).toBe(0);
    expect(performance.now() - asked).toBeLessThan(20_000);
  },
);

test('a service that cannot close something ends by its deadline, and says what it waited for', async () => {
  service = await startService('test/backbone/fixtures/neverClosingService.ts', {
    databaseUrl: db.url,
    space: testSpace(),
    env: { STOP_DEADLINE_MS: '100' },
  });
  await service.stop();
  expect(await service.ended).toBe(1);
  expect(service.log.at(-1)).toMatchObject({ msg: 'did not stop by the deadline', waitingFor: 'the open end' });
});

test('a service told to stop, once or again, ends what it has begun, and gives back what it has not', async () => {
  const space = testSpace();
  const redis = failingConnection(space);
  const sender = new Sender(space, dangerousJob.queue, redis);
  const [board] = boardQueues(space, [dangerousJob.queue], redis);
  await db.database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow('S-1')]);
    const message = outgoing(dangerousJob, { payload: { sellerId: 'S-1', kills: false }, sellerId: 'S-1' });
    await appendMessages(tx, Array(31).fill(message));
  });
  const [begun, ...waiting] = (await db.database.query<{ id: string }>('select id from messages order by id')).map(
    ({ id }) => ({ id: Number(id), gen: 0, name: dangerousJob.name, sellerId: 'S-1' }),
  );
  service = await startService('test/backbone/fixtures/dangerousService.ts', {
    databaseUrl: db.url,
    space,
    env: { BATCHES_IN_FLIGHT: '1' },
  });
  await db.database.transaction(async (tx) => {
    await tx.lock(SellerEntity, ['S-1']);
    await sender.send([begun!]);
    await eventually('the first batch waits for the seller', async () => {
      const waits = await db.database.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return waits.length > 0;
    });
    await sender.send(waiting);
    await eventually('it has them all in hand', async () => (await board!.getActiveCount()) === 31);
    service!.process.kill('SIGTERM');
    await eventually('it has heard', () => service!.log.some((line) => line.msg === 'stopping'));
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGINT'] as const) service!.process.kill(signal);
  });
  expect(await service.ended).toBe(0);
  expect(await db.database.query('select count(*) as owed, max(crashes) as crashes from messages')).toEqual([
    { owed: '30', crashes: 0 },
  ]);
  expect(await board!.getJobCounts('active', 'delayed')).toEqual({ active: 0, delayed: 30 });
  await board!.close();
  await sender.close();
  redis.disconnect();
});
