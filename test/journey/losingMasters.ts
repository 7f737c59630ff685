import { setTimeout as wait } from 'node:timers/promises';
import type { LocalRedisCluster, RedisClusterNode } from '@ge/embedded';
import { failingConnection } from '@ge/queue';
import { eventually } from '@ge/testkit';

/** In one step, so that nothing is done between the look and the loss: the queues that workers hold jobs of. */
const emptyUnderWay = `local held = redis.call('KEYS', ARGV[1])
if #held > 0 then redis.call('FLUSHALL') end
return held`;

/** A master that lost everything in the middle of work. */
export interface Loss {
  /** Its number. */
  readonly master: number;
  readonly how: 'emptied' | 'killed and started empty';
  /** Names in BullMQ of queues whose jobs workers had in their hands. */
  readonly underWay: readonly string[];
}

/** More would be a fleet that gets nowhere, and not one that recovers. */
const mostLosses = 4;
const betweenMs = 4_000;

/**
 * Several times, until `over`, takes from a master everything that lies in it while workers hold jobs of it: it is emptied, or
 * dies with it and comes back empty, in turn. Returns what was lost, in that order.
 */
export async function loseMasters(cluster: LocalRedisCluster, namespace: string, over: AbortSignal): Promise<Loss[]> {
  const nodes = cluster.nodes.map((node, master) => ({
    ...{ node, master },
    redis: failingConnection({ redisUrl: node.url, namespace }),
  }));
  const losses: Loss[] = [];
  try {
    while (!over.aborted && losses.length < mostLosses) {
      const lost = await eventually(
        'a master is in the middle of it',
        async () => {
          if (over.aborted) return [];
          for (const { node, master, redis } of nodes.filter((one) => one.master !== losses.at(-1)?.master)) {
            const held = (await redis.eval(emptyUnderWay, 0, `{${namespace}:*:active`).catch(() => [])) as string[];
            if (held.length > 0) return [{ node, master, underWay: held.map(queueIn) }];
          }
          return null;
        },
        300_000,
      );
      for (const { node, master, underWay } of lost) {
        const how = losses.length % 2 === 0 ? 'emptied' : 'killed and started empty';
        if (how !== 'emptied') await startOver(cluster, node);
        losses.push({ master, how, underWay });
        await wait(betweenMs, undefined, { signal: over }).catch(() => undefined);
      }
    }
    return losses;
  } finally {
    for (const { redis } of nodes) redis.disconnect();
  }
}

async function startOver(cluster: LocalRedisCluster, node: RedisClusterNode): Promise<void> {
  await node.stop('killed');
  await node.start('empty');
  await cluster.settled();
}

/** `{<namespace>:<queue>}:<queue>:active` */
const queueIn = (key: string): string => key.split(':').at(-2)!;
