import { randomBytes } from 'node:crypto';
import { failingConnection, partsOf, prefixOf, type QueueSpace } from '@ge/queue';

/** A corner of the test run's Redis that nobody else uses. */
export function testSpace(): QueueSpace {
  const redisUrl = process.env.GE_TEST_REDIS_URL;
  if (!redisUrl) throw new Error('GE_TEST_REDIS_URL is not set: run the tests with ./ge test');
  return { redisUrl, namespace: `test-${randomBytes(6).toString('hex')}` };
}

/**
 * At once, as FLUSHALL is: key by key, a relay that sends meanwhile would be left with a job that has no place in any list,
 * which no loss of a Redis brings about.
 */
const unlinkAll = `local keys = redis.call('KEYS', ARGV[1])
for start = 1, #keys, 1000 do redis.call('UNLINK', unpack(keys, start, math.min(start + 999, #keys))) end
return #keys`;

/** What FLUSHALL does, for this space only: every key of the given queues is gone. Returns how many there were. */
export async function flushSpace(space: QueueSpace, queues: readonly string[]): Promise<number> {
  const redis = failingConnection(space);
  let removed = 0;
  try {
    for (const part of queues.flatMap((queue) => partsOf(queue, space.parts))) {
      const prefix = prefixOf(space, part);
      // The prefix as a key: in a cluster it leads to the node that holds the queue.
      removed += Number(await redis.eval(unlinkAll, 1, prefix, `${prefix}:*`));
    }
  } finally {
    redis.disconnect();
  }
  return removed;
}
