import { boardQueues, Consumer, failingConnection, prefixOf, Sender, waitingConnection } from '@ge/queue';
import { eventually, testSpace } from '@ge/testkit';
import { expect, test } from 'vitest';

const queue = 'emptied';

test('a pointer whose job Redis lost while its place in the queue stayed is not shown as failed: sent again, it is handled', async () => {
  const space = testSpace();
  const redis = failingConnection(space);
  const connection = waitingConnection(space);
  const sender = new Sender(space, queue, redis);
  const [board] = boardQueues(space, [queue], redis);
  const handled: string[] = [];
  const pointer = { id: 1, gen: 0, name: 'x', sellerId: 'S-1' };
  await sender.send([pointer]);
  expect(await redis.unlink(`${prefixOf(space, queue)}:${queue}:1-0`)).toBe(1);
  const consumer = new Consumer({
    space,
    queue,
    connection,
    concurrency: 1,
    lockMs: 1_000,
    handle: async (delivery) => {
      handled.push(delivery.name);
      return { kind: 'settled' };
    },
    onError: () => undefined,
  });
  try {
    await consumer.ready();
    await eventually('its place is empty', async () => {
      const { waiting, active } = await board!.getJobCounts('waiting', 'active');
      return waiting === 0 && active === 0;
    });
    await sender.send([pointer]);
    await eventually(
      'it was handled or shown as failed',
      async () => handled.length > 0 || (await board!.getFailedCount()) > 0,
    );
    expect(await board!.getFailedCount()).toBe(0);
    expect(handled).toEqual(['x']);
  } finally {
    await board!.close();
    await consumer.close();
    await sender.close();
    connection.disconnect();
    redis.disconnect();
  }
});
