import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type KeptServer, keepServer } from './kept-server.ts';
import { type RedisBinary, redisBinary } from './redis-binary.ts';
import { redisCommand } from './redis-command.ts';
import { stopStaleRedis } from './redis-stale.ts';
import { type ServerProcess, spawnServer } from './server-process.ts';

export interface RedisOptions {
  /** Folder of this server's data; made if absent. One server at a time. */
  readonly dataDir: string;
  /** Where a fetched redis-server is kept, usually the project's `.ge`. */
  readonly toolsDir: string;
  /** First port to try, 6390 unless told. */
  readonly port?: number;
  /** One node of a Redis Cluster, still without slots; all nodes share a password. */
  readonly cluster?: { readonly password: string };
  readonly env?: NodeJS.ProcessEnv;
  readonly onProgress?: (line: string) => void;
}

/**
 * Starts a real Redis on loopback with a password of its own, append-only file once a second, `noeviction`. A server
 * left behind on the same folder is stopped first.
 * @throws SetupProblem when there is no redis-server and none can be fetched
 */
export async function startRedis(options: RedisOptions): Promise<KeptServer> {
  const onProgress = options.onProgress ?? (() => undefined);
  const binary = await redisBinary(options.toolsDir, options.env ?? process.env, onProgress);
  const folder = resolve(options.dataDir);
  mkdirSync(folder, { recursive: true });
  const password = options.cluster?.password ?? keptPassword(join(folder, 'password'));
  const logFile = join(folder, 'redis.log');
  return keepServer({
    name: 'Redis',
    firstPort: options.port ?? 6390,
    logFile,
    portTaken: /Address already in use/,
    url: (port) => `redis://:${password}@127.0.0.1:${port}`,
    prepare: () => stopStaleRedis(folder),
    start: (port) => spawnRedis(binary, folder, port, password, logFile, options.cluster ? asNode(password) : []),
    isReady: (_server, port) =>
      redisCommand(port, password, 'PING').then(
        (answer) => answer === 'PONG',
        () => false,
      ),
    onProgress,
  });
}

/** What a node has lost or cannot reach concerns its own queues and no others. */
const asNode = (password: string) =>
  [
    ['cluster-enabled', 'yes'],
    ['cluster-config-file', 'nodes.conf'],
    ['cluster-node-timeout', '2000'],
    ['cluster-require-full-coverage', 'no'],
    ['masterauth', password],
    // A replica waits for no other one to be filled with it.
    ['repl-diskless-sync-delay', '0'],
  ] as const;

function spawnRedis(
  binary: RedisBinary,
  folder: string,
  port: number,
  password: string,
  logFile: string,
  more: readonly (readonly [string, string])[],
): ServerProcess {
  const settings = [
    ['bind', '127.0.0.1'],
    ['port', String(port)],
    ['requirepass', password],
    ['dir', quoted(folder)],
    ['appendonly', 'yes'],
    ['appendfsync', 'everysec'],
    // A queue must never lose keys to memory pressure.
    ['maxmemory-policy', 'noeviction'],
    ['save', '""'],
    ['daemonize', 'no'],
    ['supervised', 'no'],
    // The command line keeps naming the configuration file, by which a left-behind server is recognised.
    ['set-proc-title', 'no'],
    ['stop-writes-on-bgsave-error', 'no'],
    ...more,
  ];
  const configuration = join(folder, 'redis.conf');
  writeFileSync(configuration, `${settings.map((pair) => pair.join(' ')).join('\n')}\n`, { mode: 0o600 });
  const server = spawnServer({
    command: binary.program,
    args: [configuration],
    cwd: folder,
    env: binary.env,
    logFile,
    runAs: undefined,
    stopSignal: 'SIGTERM',
  });
  writeFileSync(join(folder, 'redis.pid'), String(server.pid));
  return server;
}

function keptPassword(file: string): string {
  if (!existsSync(file)) {
    const draft = `${file}.draft`;
    writeFileSync(draft, randomBytes(18).toString('base64url'), { mode: 0o600 });
    renameSync(draft, file);
  }
  return readFileSync(file, 'utf8').trim();
}

/** Redis reads quoted configuration values with backslash escapes. */
function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
