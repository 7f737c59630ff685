import { appendMessages, outgoing, SellerEntity } from '@ge/database';
import {
  boardQueues,
  bundleData,
  bundled,
  bundleIdOf,
  bundleSize,
  failingConnection,
  pointersIn,
  Sender,
} from '@ge/queue';
import {
  eventually,
  sellerRow,
  startService,
  startWorker,
  type TestDatabase,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dangerousHandler, dangerousJob } from './fixtures/dangerousJob.ts';

const outbound = fc.record({
  id: fc.nat(),
  gen: fc.nat({ max: 50 }),
  name: fc.constantFrom('a', 'b', 'c'),
  sellerId: fc.constantFrom('S-1', 'S-2'),
});

describe('a bundle', () => {
  test('carries every pointer once, of one kind of job, no more than are to travel together, in their order', () => {
    fc.assert(
      fc.property(fc.array(outbound), fc.integer({ min: 1, max: 60 }), (messages, size) => {
        const bundles = bundled(messages, size);
        for (const bundle of bundles) {
          expect(bundle.length).toBeLessThanOrEqual(size);
          expect(new Set(bundle.map(({ name }) => name)).size).toBe(1);
        }
        for (const name of ['a', 'b', 'c'])
          expect(bundles.flat().filter((one) => one.name === name)).toEqual(
            messages.filter((one) => one.name === name),
          );
      }),
    );
  });

  test('is read back from Redis as it was sent, and anything else that lies there is none', () => {
    fc.assert(
      fc.property(fc.array(outbound, { minLength: 2, maxLength: 50 }), (messages) => {
        for (const bundle of bundled(messages, 50).filter(({ length }) => length > 1))
          expect(pointersIn(JSON.parse(JSON.stringify(bundleData(bundle))))).toEqual(
            bundle.map(({ id, gen }) => ({ id, gen })),
          );
      }),
    );
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        for (const data of [anything, { s: 'S-1', m: anything }, { s: 'S-1', m: [anything] }]) {
          const pointers = pointersIn(data);
          expect(pointers === null || pointers.every(({ id, gen }) => id >= 0 && gen >= 0)).toBe(true);
        }
      }),
    );
  });

  test('has the id of its pointers in their order: the same again is the same job, any other another one', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(outbound, { minLength: 1, maxLength: 20, selector: ({ id }) => id }),
        fc.uniqueArray(outbound, { minLength: 1, maxLength: 20, selector: ({ id }) => id }),
        (some, others) => {
          const ids = (messages: typeof some) => messages.map(({ id, gen }) => `${id}-${gen}`).join();
          const [first, second] = [some, others].map((messages) => bundleIdOf(messages as never));
          expect(first === second).toBe(ids(some) === ids(others));
        },
      ),
    );
  });

  test('is one pointer alone where few are under way, and grows with the load to a bound', () => {
    expect([1, 199, 200, 1_000, 2_000, 100_000].map(bundleSize)).toEqual([1, 1, 5, 25, 50, 50]);
  });
});

describe('messages that travel together', () => {
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

  const owe = (kinds: readonly ('counts' | 'kills' | 'unreadable')[]) =>
    db.database.transaction(async (tx) => {
      await appendMessages(
        tx,
        kinds.map((kind) =>
          outgoing(dangerousJob, { payload: { sellerId: 'S-1', kills: kind === 'kills' }, sellerId: 'S-1' }),
        ),
      );
      for (const [index, kind] of kinds.entries())
        if (kind === 'unreadable')
          await tx.query(
            `update messages set payload = '{}' where id = (select id from messages order by id offset ${index} limit 1)`,
          );
    });

  const send = async (size: number) => {
    const sender = new Sender(space, dangerousJob.queue, redis);
    const rows = await db.database.query<{ id: string; gen: number }>(
      `select id, gen from messages where state = 'ready' order by id`,
    );
    const messages = rows.map(({ id, gen }) => ({ id: Number(id), gen, name: dangerousJob.name, sellerId: 'S-1' }));
    await sender.sendBundles(bundled(messages, size));
    await sender.close();
  };

  const nothingOwed = async () =>
    (await db.database.query(`select 1 from messages where state = 'ready' limit 1`)).length === 0;
  const effects = async () =>
    Number((await db.database.query<{ command_no: string }>(`select command_no from sellers`))[0]!.command_no);
  const ends = () => db.database.query('select outcome, count(*)::int as jobs from message_log group by 1 order by 1');
  const jobsLeft = async () => {
    const [queue] = boardQueues(space, [dangerousJob.queue], redis);
    const jobs = await queue!.getJobs(['waiting', 'active', 'delayed', 'failed']);
    await queue!.close();
    return jobs;
  };

  test('take effect once each, however they are bundled and however often they are delivered', async () => {
    await owe(Array.from({ length: 300 }, () => 'counts'));
    for (const size of [1, 7, 50]) await send(size);
    // Nobody dies here: on a busy machine two seconds are over before a lock is renewed, and jobs go round and round.
    const env = { JOB_LOCK_MS: '20000' };
    const worker = await startWorker([dangerousHandler], { database: db.database, databaseUrl: db.url, space, env });
    await eventually('every job gone', async () => (await jobsLeft()).length === 0);
    await worker.stop();
    expect(await effects()).toBe(300);
    expect(await ends()).toEqual([{ outcome: 'done', jobs: 300 }]);
  });

  test('take effect once each where their queue is spread over several names, and every name carries its share', async () => {
    space = { ...space, parts: { [dangerousJob.queue]: 3 } };
    await owe(Array.from({ length: 300 }, () => 'counts'));
    await send(5);
    await send(5);
    const boards = boardQueues(space, [dangerousJob.queue], redis);
    const waiting = await Promise.all(boards.map((board) => board.getWaitingCount()));
    await Promise.all(boards.map((board) => board.close()));
    expect(waiting.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(Math.min(...waiting)).toBeGreaterThan(10);
    const worker = await startWorker([dangerousHandler], { database: db.database, databaseUrl: db.url, space });
    await eventually('nothing owed', nothingOwed);
    await worker.stop();
    expect(await effects()).toBe(300);
    expect(await ends()).toEqual([{ outcome: 'done', jobs: 300 }]);
  });

  test('a dead one among them is shown as failed, and the others are done', async () => {
    await owe(['counts', 'unreadable', 'counts']);
    await send(3);
    const worker = await startWorker([dangerousHandler], { database: db.database, databaseUrl: db.url, space });
    await eventually('nothing owed', nothingOwed);
    await eventually('shown as failed', async () => (await jobsLeft())[0]?.failedReason);
    const [job] = await jobsLeft();
    await worker.stop();
    expect(await job!.getState()).toBe('failed');
    expect(job!.failedReason).toMatch(/does not fit dangerous.*\(1 of 3 messages\)$/);
    expect(await effects()).toBe(2);
    expect(await ends()).toEqual([
      { outcome: 'dead', jobs: 1 },
      { outcome: 'done', jobs: 2 },
    ]);
  });

  // Messages that travelled alone are covered by every run; these take four deaths of a process.
  test.runIf(process.env.GE_DEEP)(
    'one that kills its process takes none of the others along: each runs alone after that',
    async () => {
      await owe(Array.from({ length: 20 }, (_, index) => (index === 7 ? 'kills' : 'counts')));
      await send(20);
      const options = { databaseUrl: db.url, space, env: { JOB_LOCK_MS: '1000' } };
      let died = 0;
      for (;;) {
        const service = await startService('test/backbone/fixtures/dangerousService.ts', options);
        const isDead = await Promise.race([
          service.ended.then(() => true),
          eventually('nothing owed', nothingOwed).then(() => false),
        ]);
        if (!isDead) {
          await service.stop();
          break;
        }
        died += 1;
      }
      expect(died).toBe(4);
      expect(await effects()).toBe(19);
      expect(await ends()).toEqual([
        { outcome: 'dead', jobs: 1 },
        { outcome: 'done', jobs: 19 },
      ]);
    },
  );

  test('what Redis lost of them is sent again', async () => {
    const many = 1_500;
    await db.database.query(
      `insert into messages (queue, name, seller_id, payload)
       select 'template-propagation', 'deactivate-template', 'S-' || no % 10, '{}' from generate_series(1, ${many}) no`,
    );
    const relay = await startService('relay', { databaseUrl: db.url, space, env: { RELAY_RESEND_MS: '300' } });
    const [queue] = boardQueues(space, ['template-propagation'], redis);
    const carried = async () => {
      const jobs = await queue!.getWaiting(0, 5_000);
      return jobs.map((job) => pointersIn(job.data)?.length ?? 1).reduce((sum, count) => sum + count, 0);
    };
    await eventually('all in Redis', async () => (await carried()) === many);
    expect(await queue!.getWaitingCount()).toBeLessThan(many / 5);
    await queue!.obliterate({ force: true });
    await eventually('all in Redis again', async () => (await carried()) === many);
    await relay.stop();
    await queue!.close();
  });

  test('a worker takes no more of them than it is to hold, give or take a bundle: other processes have their share', async () => {
    await owe(Array.from({ length: 400 }, () => 'counts'));
    await send(10);
    const [queue] = boardQueues(space, [dangerousJob.queue], redis);
    const worker = await db.database.transaction(async (tx) => {
      await tx.query('select from sellers for update');
      const started = await startWorker([dangerousHandler], {
        database: db.database,
        databaseUrl: db.url,
        space,
        env: { CONCURRENCY: '100' },
      });
      await eventually('as much as it may', async () => (await queue!.getActiveCount()) >= 10);
      const others = await startWorker([dangerousHandler], {
        database: db.database,
        databaseUrl: db.url,
        space,
        env: { CONCURRENCY: '100' },
      });
      await eventually('twice as much', async () => (await queue!.getActiveCount()) >= 20);
      expect(await queue!.getWaitingCount()).toBeGreaterThanOrEqual(18);
      return [started, others];
    });
    await eventually('nothing owed', nothingOwed);
    expect(await effects()).toBe(400);
    await Promise.all(worker.map((one) => one.stop()));
    await queue!.close();
  });
});
