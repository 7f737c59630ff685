import { Cluster, Redis } from 'ioredis';
import { loginOf, namesOf } from './connection.ts';
import { type ClusterAddress, clusterAddressOf } from './redisAddress.ts';

/**
 * Connects, logs in and asks once; of a cluster, any node.
 * @throws Error with what went wrong first: a ReplyError is Redis refusing, with a `code` nobody was reached, anything
 * else was not said by a Redis. It never repeats the URL, which may hold a password.
 */
export async function checkRedis(redisUrl: string, timeoutMs: number): Promise<void> {
  const address = clusterAddressOf(redisUrl);
  const redis = address ? lazyCluster(address, timeoutMs) : lazyRedis(redisUrl, timeoutMs);
  let first: Error | undefined;
  redis.on('error', (error: Error & { lastNodeError?: Error }) => {
    first ??= error.lastNodeError ?? error;
  });
  // What one node has against it says more than that there was none to be had.
  redis.on('node error', (error: Error) => {
    first ??= error;
  });
  try {
    await redis.connect();
    await redis.ping();
    // One that answered is enough.
    if (address) first = undefined;
    else await refuseNodeOfCluster(redis as Redis);
  } catch (error) {
    first ??= error as Error;
  } finally {
    redis.disconnect();
  }
  // A cluster does not tell why none of its nodes could be had, for instance that nobody vouches for their certificates.
  if (first?.message === connectionClosed && address) first = (await refusalOf(address, timeoutMs)) ?? first;
  if (first) throw first;
}

const connectionClosed = 'Connection is closed.';

/** What the first node has against it, asked alone. */
async function refusalOf(address: ClusterAddress, timeoutMs: number): Promise<Error | undefined> {
  const options = { ...address.nodes[0], ...loginOf(address), ...patience(timeoutMs) };
  const node = new Redis({ ...options, lazyConnect: true, retryStrategy: () => null });
  let first: Error | undefined;
  node.on('error', (error: Error) => {
    first ??= error;
  });
  await node.connect().catch((error: Error) => {
    first ??= error;
  });
  node.disconnect();
  return first;
}

/** A node alone would answer for its own slots, and for no others. */
async function refuseNodeOfCluster(redis: Redis): Promise<void> {
  const said = await redis.info('cluster').catch(() => '');
  if (!/cluster_enabled:1/.test(said)) return;
  const refusal = new Error('it is a node of a Redis Cluster: redis-cluster://<host>:<port>');
  refusal.name = 'ReplyError';
  throw refusal;
}

const patience = (timeoutMs: number) => ({
  maxRetriesPerRequest: 0,
  connectTimeout: timeoutMs,
  commandTimeout: timeoutMs,
});

const lazyRedis = (redisUrl: string, timeoutMs: number) =>
  new Redis(redisUrl, { ...patience(timeoutMs), lazyConnect: true, retryStrategy: () => null });

const lazyCluster = (address: ClusterAddress, timeoutMs: number) =>
  new Cluster([...address.nodes], {
    lazyConnect: true,
    clusterRetryStrategy: () => null,
    slotsRefreshTimeout: timeoutMs,
    ...namesOf(address),
    redisOptions: { ...patience(timeoutMs), ...loginOf(address) },
  });
