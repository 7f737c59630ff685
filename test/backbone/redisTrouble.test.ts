import { boardQueues, Consumer, failingConnection, Sender, type Settlement, waitingConnection } from '@ge/queue';
import { eventually, testSpace } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cuttableRoad } from './fixtures/cuttableRoad.ts';

const queue = 'refused';
const space = testSpace();
let road: Awaited<ReturnType<typeof cuttableRoad>>;
let redis: ReturnType<typeof failingConnection>;
let sender: Sender;

beforeEach(async () => {
  road = await cuttableRoad(space.redisUrl);
  redis = failingConnection(space);
  sender = new Sender(space, queue, redis);
});

afterEach(async () => {
  await sender.close();
  redis.disconnect();
  await road.cut();
});

test('a job that Redis refuses to put off is never shown as failed: it comes back, and the worker that had it suspects nothing', async () => {
  const connection = waitingConnection({ ...space, redisUrl: road.url });
  const abandoned: boolean[] = [];
  const consumer = new Consumer({
    space,
    queue,
    connection,
    concurrency: 1,
    lockMs: 1_000,
    handle: async ({ wasAbandoned }): Promise<Settlement> => {
      abandoned.push(wasAbandoned);
      if (abandoned.length > 1) return { kind: 'settled' };
      // As during a failover: the server that a moment ago was written to is a replica now.
      road.refuseOnce(':1-0', "-READONLY You can't write against a read only replica.\r\n");
      return { kind: 'later', ms: 1 };
    },
    onError: () => undefined,
  });
  await consumer.ready();
  const [board] = boardQueues(space, [queue], redis);
  try {
    await sender.send([{ id: 1, gen: 0, name: 'x', sellerId: 'S-1' }]);
    await eventually('it came back or was given up', async () => {
      return abandoned.length > 1 || (await board!.getFailedCount()) > 0;
    });
    expect(await board!.getFailedCount()).toBe(0);
    expect(abandoned).toEqual([false, false]);
  } finally {
    await board!.close();
    await consumer.close();
    connection.disconnect();
  }
});

test('a worker on whose connection Redis falls silent gives it up in time and takes jobs over another one', async () => {
  const connection = waitingConnection({ ...space, redisUrl: road.url }, 4_000);
  const taken: string[] = [];
  const consumer = new Consumer({
    space,
    queue,
    connection,
    concurrency: 10,
    lockMs: 1_000,
    handle: async ({ pointer }): Promise<Settlement> => {
      taken.push(`message ${pointer!.id}`);
      return { kind: 'settled' };
    },
    onError: () => undefined,
  });
  await consumer.ready();
  await sender.send([{ id: 1, gen: 0, name: 'x', sellerId: 'S-1' }]);
  await eventually('the first is taken', () => taken.length === 1);
  road.fallSilent();
  await sender.send([{ id: 2, gen: 0, name: 'x', sellerId: 'S-1' }]);
  await eventually('the second is taken', () => taken.includes('message 2'));
  expect(taken[0]).toBe('message 1');
  await consumer.close();
  connection.disconnect();
});
