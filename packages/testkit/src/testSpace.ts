import { randomBytes } from 'node:crypto';
import { failingConnection, prefixOf, type QueueSpace } from '@ge/queue';

/** A corner of the test run's Redis that nobody else uses. */
export function testSpace(): QueueSpace {
  const redisUrl = process.env.GE_TEST_REDIS_URL;
  if (!redisUrl) throw new Error('GE_TEST_REDIS_URL is not set: run the tests with ./ge test');
  return { redisUrl, namespace: `test-${randomBytes(6).toString('hex')}` };
}

/** What FLUSHALL does, for this space only: every key of the given queues is gone. */
export async function flushSpace(space: QueueSpace, queues: readonly string[]): Promise<number> {
  const redis = failingConnection(space);
  let removed = 0;
  try {
    for (const queue of queues) {
      let cursor = '0';
      do {
        const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefixOf(space, queue)}:*`, 'COUNT', 500);
        if (keys.length > 0) removed += await redis.unlink(...keys);
        cursor = next;
      } while (cursor !== '0');
    }
  } finally {
    redis.disconnect();
  }
  return removed;
}
