import { once } from 'node:events';
import { Redis, type RedisOptions } from 'ioredis';

export interface QueueSpace {
  readonly redisUrl: string;
  /** Keeps fleets that share a Redis apart; `ge` unless told otherwise. */
  readonly namespace: string;
}

/** One hash slot per queue, so that a Redis Cluster can hold different queues on different nodes. */
export const prefixOf = (space: QueueSpace, queue: string): string => `{${space.namespace}:${queue}}`;

/**
 * For workers: commands wait for Redis to come back, since there is nothing better to do. A connection without an answer
 * for `silenceMs`, which is longer than any command may block, is given up for another one.
 */
export const waitingConnection = (space: QueueSpace, silenceMs = 20_000): Redis =>
  open(space, { maxRetriesPerRequest: null, enableAutoPipelining: true, socketTimeout: silenceMs });

/** For whoever sends or asks: fails within seconds when Redis is away, so that the caller can decide. */
export const failingConnection = (space: QueueSpace): Redis =>
  open(space, { maxRetriesPerRequest: 1, commandTimeout: 5_000, socketTimeout: 10_000, enableOfflineQueue: true });

/**
 * Throws when Redis is away: BullMQ itself would wait for a connection, however long it takes. One that is only just being
 * made is waited for.
 */
export async function connected(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return;
  await once(redis, 'ready', { signal: AbortSignal.timeout(5_000) }).catch((cause: unknown) => {
    throw new Error('Redis is away', { cause });
  });
}

/** For counters on the way of every request: what Redis does not answer at once is counted elsewhere. */
export const connectionOfCounters = (space: QueueSpace): Redis =>
  open(space, {
    maxRetriesPerRequest: 0,
    commandTimeout: 1_000,
    enableOfflineQueue: false,
  });

type Patience = Pick<
  RedisOptions,
  'maxRetriesPerRequest' | 'commandTimeout' | 'socketTimeout' | 'enableAutoPipelining' | 'enableOfflineQueue'
>;

function open(space: QueueSpace, options: Patience): Redis {
  const settings = {
    ...options,
    retryStrategy: (attempt: number) => Math.min(100 * attempt, 2_000),
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
  } satisfies RedisOptions;
  const redis = new Redis(space.redisUrl, settings);
  // Without a listener a lost connection would end the process; losing Redis is nothing to die of here.
  redis.on('error', () => undefined);
  return redis;
}

/**
 * Connects, logs in and asks once.
 * @throws Error with what went wrong first: a ReplyError is Redis refusing, with a `code` nobody was reached, anything
 * else was not said by a Redis. It never repeats the URL, which may hold a password.
 */
export async function checkRedis(redisUrl: string, timeoutMs: number): Promise<void> {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
  });
  let first: Error | undefined;
  redis.on('error', (error: Error) => {
    first ??= error;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    first ??= error as Error;
  } finally {
    redis.disconnect();
  }
  if (first) throw first;
}
