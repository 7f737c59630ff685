import { isEnding, passingFolder, type RedisClusterNode, startRedisCluster, stateFolder } from '@ge/embedded';
import { type Command, InvalidArgumentError } from 'commander';
import { projectDir, toolsDir } from '../project.ts';
import { listenForStop } from '../stop-signal.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

export function registerCluster(program: Command): void {
  const command = program
    .command('cluster')
    .summary('start a Redis Cluster on this machine to try the fleet on')
    .description(
      'Starts three masters on this machine, prints what to set REDIS_URL to, and stays until Ctrl-C or SIGTERM. What ' +
        'lies in them goes with it: queues carry pointers, and what is owed is in PostgreSQL. A node that is killed is ' +
        'started again.',
    )
    .option('--replicas <n>', 'nodes beside each master that take over from it, up to 3', replicas, 0)
    .option('--json', 'print one object: {"event": "up", "redisUrl", "nodes": [{"port", "pid", "replicaOf"}], "pid"}')
    .action(cluster);
  teach(command, {
    examples: [
      'ge cluster',
      ["REDIS_URL='redis-cluster://…' ge up", 'in another terminal, with the address it printed'],
      ["REDIS_URL='redis-cluster://…' ge demo", 'the whole programme on it'],
      ['ge cluster --replicas 1', 'six nodes: kill a master and see its replica take over'],
    ],
    exitCodes: {
      1: 'the nodes do not start',
      130: 'stopped by Ctrl-C, the usual end; 143 by SIGTERM, 129 by SIGHUP',
    },
  });
}

function replicas(text: string): number {
  if (!/^[0-3]$/.test(text)) throw new InvalidArgumentError('It takes a number from 0 to 3.');
  return Number(text);
}

async function cluster(options: { replicas: number; json?: boolean }): Promise<void> {
  const stopSignal = listenForStop(options.json ?? false);
  const folder = await passingFolder(stateFolder(projectDir), 'cluster');
  console.error(`starting ${3 * (1 + options.replicas)} nodes`);
  const started = await startRedisCluster({
    dataDir: folder.path,
    toolsDir,
    replicas: options.replicas,
    onProgress: (line) => console.error(line),
  });
  stopSignal.orderly();
  const { redisUrl } = started;
  const nodes = started.nodes.map(({ port, pid, replicaOf }) => ({ port, pid, replicaOf }));
  if (options.json) console.log(JSON.stringify({ event: 'up', redisUrl, nodes, pid: process.pid }));
  else console.log(whereItIs(redisUrl, started.nodes));
  await stopSignal.requested;
  if (!isEnding()) {
    await started.close();
    folder.discard();
  }
  process.exit(stopSignal.exitCode);
}

const whereItIs = (redisUrl: string, nodes: readonly RedisClusterNode[]): string =>
  [
    '',
    'The cluster is up. Ctrl-C stops it. In another terminal:',
    '',
    `  REDIS_URL='${redisUrl}' ./ge up`,
    '',
    table(
      ['node', 'address', 'process', 'begins as'],
      nodes.map(({ port, pid, replicaOf }, no) => [
        `${no}`,
        `127.0.0.1:${port}`,
        `${pid}`,
        replicaOf === null ? 'master' : `replica of node ${replicaOf}`,
      ]),
    ),
    '',
  ].join('\n');
