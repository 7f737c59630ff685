import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptServer } from './kept-server.ts';
import { startRedis } from './redis.ts';
import { redisCommand } from './redis-command.ts';
import { SetupProblem } from './setup-problem.ts';

const SLOTS = 16_384;
const POLL_MS = 50;
/** How long nodes may take to find one another. */
const PATIENCE_MS = 60_000;

export interface RedisClusterOptions {
  /** A folder that holds no cluster yet; each node gets one in it. */
  readonly dataDir: string;
  /** Where a fetched redis-server is kept, usually the project's `.ge`. */
  readonly toolsDir: string;
  /** Nodes that hold a share of the slots each; 3 unless told, which is what Redis asks for at least. */
  readonly masters?: number;
  /** Nodes beside each master that take over from it; none unless told. */
  readonly replicas?: number;
  /** First port to try, 6500 unless told; each node also listens 10,000 above its own. */
  readonly port?: number;
  readonly onProgress?: (line: string) => void;
}

/** One server of a local Redis Cluster. */
export interface RedisClusterNode {
  readonly port: number;
  /** `redis://…` of this node alone. */
  readonly url: string;
  /** Number of the node that it began as a replica of; null for a master. */
  readonly replicaOf: number | null;
  /** Process number of the one running now. */
  readonly pid: number;
  /** Sends a signal; after SIGKILL the node is started again at once, on its data. */
  signal(signal: NodeJS.Signals): void;
  /** Ends it until `start`; `killed` without letting it finish anything. */
  stop(how?: 'in order' | 'killed'): Promise<void>;
  /** Starts it again at its port, with its place in the cluster; `empty` without anything that lay in it. */
  start(how?: 'as it was' | 'empty'): Promise<void>;
}

export interface LocalRedisCluster {
  /** What to give as REDIS_URL: every node, with the password they share. */
  readonly redisUrl: string;
  /** The masters in the order of their slots, then the replicas. */
  readonly nodes: readonly RedisClusterNode[];
  /** Number of the node that began with this slot. */
  holderOf(slot: number): number;
  /** Resolves once every node says that all slots are served and every replica follows a master. */
  settled(): Promise<void>;
  /** Stops all nodes. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts a Redis Cluster on loopback whose nodes are like `startRedis` makes them, and resolves once it is settled. A node
 * that is away stops its own slots and no others.
 * @throws SetupProblem when there is no redis-server, or the nodes do not find one another
 */
export async function startRedisCluster(options: RedisClusterOptions): Promise<LocalRedisCluster> {
  const { masters = 3, replicas = 0, port = 6_500 } = options;
  const password = randomBytes(18).toString('base64url');
  const ask = (node: RedisClusterNode, ...words: readonly string[]) =>
    redisCommand(node.port, password, 'CLUSTER', ...words);
  const firstSlot = (no: number) => Math.ceil((SLOTS * no) / masters);
  const nodes: RedisClusterNode[] = [];
  const isSettled = async (node: RedisClusterNode) => {
    const said = await ask(node, 'INFO').catch(() => '');
    const lines = ['cluster_state:ok', `cluster_slots_ok:${SLOTS}`, `cluster_known_nodes:${nodes.length}`];
    if (!lines.every((line) => said.includes(`${line}\r\n`))) return false;
    const about = await redisCommand(node.port, password, 'INFO', 'replication').catch(() => '');
    return about.includes('role:master') || about.includes('master_link_status:up');
  };
  const settled = () =>
    until('The nodes of the Redis Cluster do not agree', async () =>
      (await Promise.all(nodes.map(isSettled))).every(Boolean),
    );
  const close = async () => void (await Promise.all(nodes.map((node) => node.stop())));
  try {
    for (let no = 0; no < masters * (1 + replicas); no += 1) {
      const replicaOf = no < masters ? null : no % masters;
      nodes.push(await openNode({ ...options, no, port: nodes.at(-1)?.port ?? port, replicaOf, password }));
    }
    const [first, ...others] = nodes as [RedisClusterNode, ...RedisClusterNode[]];
    for (const [no, node] of nodes.slice(0, masters).entries())
      await ask(node, 'ADDSLOTSRANGE', `${firstSlot(no)}`, `${firstSlot(no + 1) - 1}`);
    for (const node of others) await ask(first, 'MEET', '127.0.0.1', `${node.port}`);
    for (const node of nodes) {
      if (node.replicaOf === null) continue;
      const master = await ask(nodes[node.replicaOf]!, 'MYID');
      // Refused until it has heard of that node.
      await until('A replica does not find its master', () =>
        ask(node, 'REPLICATE', master).then(
          () => true,
          () => false,
        ),
      );
    }
    await settled();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    redisUrl: `redis-cluster://:${password}@${nodes.map((node) => `127.0.0.1:${node.port}`).join(',')}`,
    nodes,
    holderOf: (slot) => Array.from({ length: masters }, (_, no) => no).findLast((no) => firstSlot(no) <= slot)!,
    settled,
    close,
  };
}

interface NodeOptions {
  readonly dataDir: string;
  readonly toolsDir: string;
  readonly no: number;
  readonly port: number;
  readonly replicaOf: number | null;
  readonly password: string;
  readonly onProgress?: (line: string) => void;
}

async function openNode({ no, replicaOf, password, ...options }: NodeOptions): Promise<RedisClusterNode> {
  const folder = join(options.dataDir, `node-${no}`);
  const startAt = (port: number) => startRedis({ ...options, dataDir: folder, port, cluster: { password } });
  let server: KeptServer = await startAt(options.port);
  const { port, url } = server;
  return {
    port,
    url,
    replicaOf,
    get pid() {
      return server.pid;
    },
    signal: (signal) => server.signal(signal),
    stop: async (how = 'in order') => {
      const closed = server.close();
      if (how === 'killed') server.signal('SIGKILL');
      await closed;
    },
    start: async (how = 'as it was') => {
      if (how === 'empty') rmSync(join(folder, 'appendonlydir'), { recursive: true, force: true });
      server = await startAt(port);
      if (server.port !== port) throw new SetupProblem(`Port ${port} is taken now`, 'Stop what listens there.');
    },
  };
}

async function until(problem: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new SetupProblem(problem, 'Start it again.');
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
