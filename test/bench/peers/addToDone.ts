import { fileURLToPath } from 'node:url';
import { prefixOf } from '@ge/queue';
import { testSpace } from '@ge/testkit';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { type Arrivals, arrive } from '../effect/arrivals.ts';
import { forget } from './runPeer.ts';
import { startProgram } from './startProgram.ts';

const file = fileURLToPath(new URL('bullmqArrivals.ts', import.meta.url));
const queueName = 'touch';

/**
 * The 99th percentile, in milliseconds, of the time from when a job was to be added to BullMQ until it is completed, with a
 * processor that does nothing. The first `warmUp` are not counted. @throws Error where they are not all completed
 */
export async function addToDone(arrivals: Arrivals, warmUp: number): Promise<number> {
  const space = testSpace();
  const prefix = prefixOf(space, 'peer');
  const args = [space.redisUrl, prefix, queueName, String(arrivals.count), String(warmUp)];
  const program = startProgram('BullMQ alone', file, args);
  const connection = new Redis(space.redisUrl, { maxRetriesPerRequest: null, enableAutoPipelining: true });
  const queue = new Queue(queueName, { connection, prefix, streams: { events: { maxLen: 1_000 } } });
  try {
    await program.said('ready');
    program.go();
    await arrive(arrivals, (nos, dueAt) =>
      queue.addBulk(nos.map(() => ({ name: queueName, data: { dueAt }, opts: { removeOnComplete: true } }))),
    );
    return Number(await program.line());
  } finally {
    await program.kill();
    await queue.close();
    connection.disconnect();
    await forget(space.redisUrl, prefix);
  }
}
