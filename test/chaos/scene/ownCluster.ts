import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type KeptServer, startRedis } from '@ge/embedded';
import { failingConnection, prefixOf, type QueueSpace } from '@ge/queue';
import { eventually } from '@ge/testkit';
import { runFolder, toolsDir } from './folders.ts';

const slots = 16_384;
const masters = [0, 1, 2] as const;

/** A Redis Cluster of three masters that a test has to itself. */
export async function openOwnCluster() {
  const folder = await runFolder();
  const password = randomBytes(18).toString('base64url');
  const folderOf = (no: number) => join(folder.path, `master-${no}`);
  const start = (no: number, port?: number) =>
    startRedis({ dataDir: folderOf(no), toolsDir, cluster: { password }, ...(port ? { port } : {}) });
  const nodes: KeptServer[] = [];
  for (const no of masters) nodes.push(await start(no, 6_500 + no));
  const ask = async (no: number, ...command: readonly [string, ...string[]]): Promise<unknown> => {
    const redis = failingConnection({ redisUrl: nodes[no]!.url, namespace: 'any' });
    try {
      return await redis.call(...(command as [string, ...string[]]));
    } finally {
      redis.disconnect();
    }
  };
  const first = (no: number) => Math.ceil((slots * no) / masters.length);
  for (const no of masters) await ask(no, 'CLUSTER', 'ADDSLOTSRANGE', `${first(no)}`, `${first(no + 1) - 1}`);
  for (const { port } of nodes.slice(1)) await ask(0, 'CLUSTER', 'MEET', '127.0.0.1', `${port}`);
  const agreed = async (no: number) => {
    const said = String(await ask(no, 'CLUSTER', 'INFO'));
    return [/cluster_state:ok/, /cluster_slots_ok:16384/, /cluster_size:3/].every((line) => line.test(said));
  };
  const allAgreed = () =>
    eventually('the masters have found one another', async () =>
      (await Promise.all(masters.map(agreed))).every(Boolean),
    );
  await allAgreed();

  return {
    masters,
    redisUrl: `redis-cluster://:${password}@${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodeUrls: () => nodes.map(({ url }) => url),
    /** The master that holds a queue, or one of the names that it is spread over. */
    holderOf: async (space: QueueSpace, queue: string): Promise<number> => {
      const slot = Number(await ask(0, 'CLUSTER', 'KEYSLOT', prefixOf(space, queue)));
      return masters.findLast((no) => first(no) <= slot)!;
    },
    /** What of the limits' counters lies on a master. */
    limitsOn: async (no: number, namespace: string) => (await ask(no, 'KEYS', `${namespace}:limits:*`)) as string[],
    empty: (no: number) => ask(no, 'FLUSHALL'),
    stop: (no: number) => nodes[no]!.close(),
    /** Masters that were stopped: at the same ports, with their slots and without anything that lay in them. */
    startEmpty: async (...stopped: readonly number[]): Promise<void> => {
      for (const no of stopped) {
        const { port } = nodes[no]!;
        rmSync(join(folderOf(no), 'appendonlydir'), { recursive: true });
        nodes[no] = await start(no, port);
        if (nodes[no].port !== port) throw new Error(`somebody took port ${port} in the meantime`);
      }
      await allAgreed();
    },
    close: async (): Promise<void> => {
      await Promise.all(nodes.map((node) => node.close()));
      folder.discard();
    },
  };
}
