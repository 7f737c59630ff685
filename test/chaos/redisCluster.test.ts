import { boardQueues, checkRedis, countJobs, failingConnection, Limits, partsOf, type QueueSpace } from '@ge/queue';
import { eventually, type TestDatabase, testDatabase } from '@ge/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freeCommand, wavesOf } from './scene/command.ts';
import { endsWell } from './scene/endsWell.ts';
import { services, type Worker, workers } from './scene/fleet.ts';
import { openOwnCluster } from './scene/ownCluster.ts';
import { drawn } from './scene/random.ts';
import { openScene, type Scene } from './scene/scene.ts';
import { deep } from './scene/seed.ts';

const size = { sellers: 12, guests: 12, waves: 10 };
const load = drawn(wavesOf(size));
/** More of what may be asked for any number of times. */
const more = drawn(fc.array(freeCommand(size.sellers), { minLength: 20, maxLength: 20 }));

describe.runIf(deep)('a Redis Cluster of three masters', { timeout: 300_000 }, () => {
  let cluster: Awaited<ReturnType<typeof openOwnCluster>>;
  let db: TestDatabase;
  let space: QueueSpace;
  let scene: Scene;
  /** Masters that the queue of a worker lies on. */
  let holders: ReadonlyMap<Worker, readonly number[]>;

  beforeAll(async () => {
    [cluster, db] = await Promise.all([openOwnCluster(), testDatabase()]);
    space = { redisUrl: cluster.redisUrl, namespace: 'chaos', parts: { 'sku-assignment': 2 } };
    const holdersOf = async (worker: Worker) => {
      const parts = partsOf(worker, space.parts);
      return [worker, await Promise.all(parts.map((part) => cluster.holderOf(space, part)))] as const;
    };
    holders = new Map(await Promise.all(workers.map(holdersOf)));
    scene = await openScene({ database: db.database, databaseUrl: db.url, space }, size);
    await scene.fleet.startAll();
  }, 180_000);

  afterAll(async () => {
    await scene?.close();
    await cluster?.close();
    await db?.drop();
  }, 120_000);

  const isReady = async (service: string): Promise<boolean> =>
    (await fetch(`${scene.fleet.of(service).healthUrl}/ready`)).ok;

  test('is known as one, and none of its nodes passes for a single Redis', async () => {
    await checkRedis(space.redisUrl, 5_000);
    const node = cluster.nodes[0]!.url;
    await expect(checkRedis(node, 5_000)).rejects.toThrow('it is a node of a Redis Cluster');
    await expect(checkRedis(space.redisUrl.replace(/:[^:@]*@/, ':wrong@'), 5_000)).rejects.toThrow(/WRONGPASS|NOAUTH/);
  });

  test('one mixed load of all five workers comes to the end of the sequential model', async () => {
    expect(new Set([...holders.values()].flat()).size, 'queues lie on several masters').toBeGreaterThan(1);
    await scene.accept(load[0]!);
    await endsWell(scene);
  });

  for (const master of [0, 1, 2]) {
    test(`master ${master} loses everything under way: the same end, by the same processes`, async () => {
      await scene.accept(load[1 + 2 * master]!);
      await scene.inTheMiddle(more);
      await cluster.empty(master);
      await endsWell(scene);
    });

    test(`master ${master} is away and comes back empty: meanwhile other queues go on and a worker of it can be stopped, and the end is the same`, async () => {
      const held = workers.filter((worker) => holders.get(worker)!.includes(master));
      const others = workers.filter((worker) => !holders.get(worker)!.includes(master));
      await cluster.stop(master);
      await eventually('its workers say so', async () => !(await Promise.all(held.map(isReady))).includes(true));
      await scene.accept(load[2 + 2 * master]!);
      await eventually(
        'nothing is left that needs no other queue',
        async () => {
          const owed = await db.database.query<{ queue: string }>(
            `select distinct queue from messages where state = 'ready' and name not in ('remind-invitation', 'expire-invitation')`,
          );
          return owed.every(({ queue }) => held.includes(queue as Worker));
        },
        60_000,
      );
      expect(await Promise.all(others.map(isReady))).toEqual(others.map(() => true));
      // The others have to find their node again by themselves.
      const [stopped] = held;
      if (stopped) expect(await scene.fleet.end(stopped, 'SIGTERM'), stopped).toBe(0);
      await cluster.startEmpty(master);
      if (stopped) await scene.fleet.start(stopped);
      await endsWell(scene);
    });
  }

  test('all masters are away and come back empty: the same processes go on by themselves', async () => {
    await scene.accept(load[7]!);
    await scene.inTheMiddle(more);
    await Promise.all(cluster.masters.map((master) => cluster.stop(master)));
    await eventually('everyone says so', async () => !(await Promise.all(services.map(isReady))).includes(true));
    // Longer than any of BullMQ's own patience with Redis.
    const since = performance.now();
    await eventually('a while has passed', () => performance.now() - since > 4_000);
    await cluster.startEmpty(...cluster.masters);
    await endsWell(scene);
    await eventually('everyone is ready', async () => !(await Promise.all(services.map(isReady))).includes(false));
  });

  for (const [no, [which, names]] of [['more', 4] as const, ['fewer', 1] as const].entries()) {
    test(`workers are replaced in the middle of it by ones that take their queue from ${which} names: nobody tells the relay, and the end is the same`, async () => {
      const env = { QUEUE_PARTS: JSON.stringify({ 'sku-assignment': names }) };
      await scene.accept(load[8 + no]!);
      await scene.inTheMiddle(more);
      await scene.fleet.start('sku-assignment', env, 'one more');
      expect(await scene.fleet.end('sku-assignment', 'SIGTERM')).toBe(0);
      await scene.fleet.start('sku-assignment', env);
      expect(await scene.fleet.end('one more', 'SIGTERM')).toBe(0);
      await scene.accept(more);
      await endsWell(scene);
    });
  }

  test('what goes over several queues and callers does so over several masters: counts of the board, limits', async () => {
    const redis = failingConnection(space);
    const boards = boardQueues(space, workers, redis);
    const limits = await Limits.open(space);
    try {
      const counts = await Promise.all(boards.map(countJobs));
      expect(counts.map(({ waiting }) => waiting)).toEqual(boards.map(() => 0));
      const limiter = limits.limiter({ name: 'chaos', amount: 2, seconds: 60 });
      const callers = Array.from({ length: 20 }, (_, no) => `caller ${no}`);
      const allowed: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        const standings = await Promise.all(callers.map((one) => limiter.take(one)));
        allowed.push(standings.filter((standing) => standing.allowed).length);
      }
      expect(allowed).toEqual([20, 20, 0]);
      const counted = await Promise.all(cluster.masters.map((no) => cluster.limitsOn(no, space.namespace)));
      expect(counted.flat().length).toBe(callers.length);
      expect(counted.every((keys) => keys.length > 0)).toBe(true);
    } finally {
      limits.close();
      await Promise.all(boards.map((board) => board.close()));
      redis.disconnect();
    }
  });
});
