import { once } from 'node:events';
import { type Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import { QueueCluster } from './clusterConnection.ts';
import type { QueueParts } from './parts.ts';
import { type ClusterAddress, clusterAddressOf } from './redisAddress.ts';

export interface QueueSpace {
  /** `redis://…`, or `redis-cluster://…` with one or several nodes of a Redis Cluster. */
  readonly redisUrl: string;
  /** Keeps fleets that share a Redis apart; `ge` unless told otherwise. */
  readonly namespace: string;
  readonly parts?: QueueParts;
}

/** To one Redis or to a cluster of them. */
export type QueueConnection = Redis | Cluster;

/** One hash slot per queue, so that a Redis Cluster can hold different queues on different nodes. */
export const prefixOf = (space: QueueSpace, queue: string): string => `{${space.namespace}:${queue}}`;

/**
 * For workers: commands wait for Redis to come back, since there is nothing better to do. A connection without an answer
 * for `silenceMs`, which is longer than any command may block, is given up for another one.
 */
export const waitingConnection = (space: QueueSpace, silenceMs = 20_000): QueueConnection =>
  open(space, { maxRetriesPerRequest: null, enableAutoPipelining: true, socketTimeout: silenceMs });

/** For whoever sends or asks: fails within seconds when Redis is away, so that the caller can decide. */
export const failingConnection = (space: QueueSpace): QueueConnection =>
  open(space, { maxRetriesPerRequest: 1, commandTimeout: 5_000, socketTimeout: 10_000, enableOfflineQueue: true });

/**
 * Throws when Redis is away: BullMQ itself would wait for a connection, however long it takes. One that is only just being
 * made is waited for.
 */
export async function connected(redis: QueueConnection): Promise<void> {
  if (redis.status === 'ready') return;
  await once(redis, 'ready', { signal: AbortSignal.timeout(5_000) }).catch((cause: unknown) => {
    throw new Error('Redis is away', { cause });
  });
}

/** For counters on the way of every request: what Redis does not answer at once is counted elsewhere. */
export const connectionOfCounters = (space: QueueSpace): QueueConnection =>
  open(space, {
    maxRetriesPerRequest: 0,
    commandTimeout: 1_000,
    enableOfflineQueue: false,
  });

/**
 * Asks whether Redis can be reached. Of a cluster: the nodes that hold these queues, or any node where none is named.
 * Rejects when one of those is away.
 */
export async function answered(redis: QueueConnection, space: QueueSpace, queues: readonly string[]): Promise<void> {
  if (!redis.isCluster) await redis.ping();
  else if (queues.length > 0) await Promise.all(queues.map((queue) => redis.exists(prefixOf(space, queue))));
  else await Promise.any((redis as Cluster).nodes('master').map((node) => node.ping()));
}

type Patience = Pick<
  RedisOptions,
  'maxRetriesPerRequest' | 'commandTimeout' | 'socketTimeout' | 'enableAutoPipelining' | 'enableOfflineQueue'
>;

const retryStrategy = (attempt: number) => Math.min(100 * attempt, 2_000);

function open(space: QueueSpace, options: Patience): QueueConnection {
  const address = clusterAddressOf(space.redisUrl);
  const reconnectOnError = (error: Error) => error.message.startsWith('READONLY');
  const redis = address
    ? openNodes(address, { ...options, reconnectOnError })
    : new Redis(space.redisUrl, { ...options, retryStrategy, reconnectOnError });
  // Without a listener a lost connection would end the process; losing Redis is nothing to die of here.
  redis.on('error', () => undefined);
  return redis;
}

function openNodes(address: ClusterAddress, options: Patience & Pick<RedisOptions, 'reconnectOnError'>): Cluster {
  const { enableAutoPipelining, enableOfflineQueue, ...ofNodes } = options;
  // A node that is away is looked for again every quarter of a second, whether it comes back or another takes its place.
  const attempts = { waiting: 120, failing: 16, counting: 2 };
  const isWaiting = options.maxRetriesPerRequest === null;
  return new QueueCluster(
    address.nodes,
    {
      clusterRetryStrategy: retryStrategy,
      // A replica that has taken over is found even where no node says so.
      slotsRefreshInterval: 5_000,
      retryDelayOnFailover: 250,
      retryDelayOnClusterDown: 250,
      maxRedirections: isWaiting ? attempts.waiting : enableOfflineQueue ? attempts.failing : attempts.counting,
      ...(enableAutoPipelining === undefined ? {} : { enableAutoPipelining }),
      ...(enableOfflineQueue === undefined ? {} : { enableOfflineQueue }),
      ...namesOf(address),
      redisOptions: { ...ofNodes, ...loginOf(address) },
    },
    options.commandTimeout,
  );
}

/** As every node of the cluster is told. */
export const loginOf = ({ username, password, isEncrypted }: ClusterAddress) => ({
  ...(username === undefined ? {} : { username }),
  ...(password === undefined ? {} : { password }),
  ...(isEncrypted ? { tls: {} } : {}),
});

/** Certificates name hosts, and not what hosts resolve to. */
export const namesOf = ({ isEncrypted }: ClusterAddress): Pick<ClusterOptions, 'dnsLookup'> =>
  isEncrypted ? { dnsLookup: (host, found) => found(null, host) } : {};
