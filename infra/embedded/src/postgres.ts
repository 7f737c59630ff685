import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type KeptServer, keepServer } from './kept-server.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import {
  clusterUser,
  DATABASE_NAME,
  DATABASE_USER,
  openCluster,
  type PostgresCluster,
  stopStalePostmaster,
} from './postgres-cluster.ts';
import { type ServerProcess, spawnServer } from './server-process.ts';

export interface PostgresOptions {
  /** Folder of this cluster; made if absent. One server at a time. */
  readonly dataDir: string;
  /** First port to try, 5433 unless told. */
  readonly port?: number;
  /** false: nothing is flushed to disk. For data that lives as long as a test run, never for a demo or `up`. */
  readonly durable?: boolean;
  readonly onProgress?: (line: string) => void;
}

/**
 * Starts a real PostgreSQL on loopback with one database, its owner and a password of its own. A server left behind on
 * the same folder is stopped first. `url` leads to the database; the owner may create further ones.
 * @throws SetupProblem when this machine cannot run it
 */
export async function startPostgres(options: PostgresOptions): Promise<KeptServer> {
  const onProgress = options.onProgress ?? (() => undefined);
  const durable = options.durable ?? true;
  const folder = resolve(options.dataDir);
  const user = clusterUser(folder);
  const binaries = postgresBinaries(user, onProgress);
  const cluster = await openCluster(folder, binaries, user, durable);
  const logFile = join(folder, 'postgres.log');
  return keepServer({
    name: 'PostgreSQL',
    firstPort: options.port ?? 5433,
    logFile,
    portTaken: /could not create any TCP\/IP sockets|could not bind IPv4/,
    // The processes of a killed server take a moment to notice.
    tryAgain: /pre-existing shared memory block|lock file .* already exists/,
    url: (port) => `postgres://${DATABASE_USER}:${cluster.password}@127.0.0.1:${port}/${DATABASE_NAME}`,
    prepare: () => stopStalePostmaster(cluster.data),
    start: (port) => spawnPostmaster(binaries, cluster, port, durable, logFile),
    isReady: async (server) => saysReady(cluster.data, server.pid),
    onProgress,
  });
}

function spawnPostmaster(
  binaries: string,
  cluster: PostgresCluster,
  port: number,
  durable: boolean,
  logFile: string,
): ServerProcess {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    // A path to a socket may be longer than the 107 bytes the system allows; TCP also honours tcp_user_timeout.
    unix_socket_directories: '',
    max_connections: '300',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawnServer({
    command: join(binaries, 'bin', 'postgres'),
    args: ['-D', cluster.data, '-p', String(port), ...flags],
    cwd: '/',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    logFile,
    runAs: cluster.runAs,
    // Fast shutdown: running transactions are rolled back, nobody is waited for.
    stopSignal: 'SIGINT',
  });
}

/** PostgreSQL writes its state into the eighth line of its pid file. */
function saysReady(data: string, pid: number): boolean {
  const pidFile = join(data, 'postmaster.pid');
  if (!existsSync(pidFile)) return false;
  try {
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}
