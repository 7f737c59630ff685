import { startRedisCluster } from '@ge/embedded';
import { failingConnection, prefixOf, type QueueSpace } from '@ge/queue';
import { runFolder, toolsDir } from '@ge/testkit';

/** A Redis Cluster of three masters, each with as many replicas, that a test has to itself. */
export async function openOwnCluster({ replicas = 0 }: { readonly replicas?: number } = {}) {
  const folder = await runFolder();
  const cluster = await startRedisCluster({ dataDir: folder.path, toolsDir, replicas });
  const { nodes } = cluster;
  const ask = async (no: number, ...command: readonly [string, ...string[]]): Promise<unknown> => {
    const redis = failingConnection({ redisUrl: nodes[no]!.url, namespace: 'any' });
    try {
      return await redis.call(...(command as [string, ...string[]]));
    } finally {
      redis.disconnect();
    }
  };
  return {
    masters: [0, 1, 2] as const,
    redisUrl: cluster.redisUrl,
    nodes,
    settled: cluster.settled,
    /** The master that holds a queue, or one of the names that it is spread over. */
    holderOf: async (space: QueueSpace, queue: string): Promise<number> =>
      cluster.holderOf(Number(await ask(0, 'CLUSTER', 'KEYSLOT', prefixOf(space, queue)))),
    /** What of the limits' counters lies on a master. */
    limitsOn: async (no: number, namespace: string) => (await ask(no, 'KEYS', `${namespace}:limits:*`)) as string[],
    ask,
    roleOf: async (no: number): Promise<string> => ((await ask(no, 'ROLE')) as [string])[0],
    empty: (no: number) => ask(no, 'FLUSHALL'),
    stop: (no: number) => nodes[no]!.stop(),
    /** Masters that were stopped: at the same ports, with their slots and without anything that lay in them. */
    startEmpty: async (...stopped: readonly number[]): Promise<void> => {
      for (const no of stopped) await nodes[no]!.start('empty');
      await cluster.settled();
    },
    close: async (): Promise<void> => {
      await cluster.close();
      folder.discard();
    },
  };
}
