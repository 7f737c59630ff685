import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isEnding } from './guard.ts';
import type { KeptServer } from './kept-server.ts';
import { takeLock } from './lock.ts';
import { type MailSink, startMailSink } from './mail-sink.ts';
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';
import { SetupProblem } from './setup-problem.ts';

export type ServerName = 'postgres' | 'redis' | 'mail';

export interface FleetServersOptions {
  /** Everything these servers write lies below it. One fleet at a time; a second one is refused. */
  readonly dataDir: string;
  /** Where a fetched redis-server is kept, usually the project's `.ge`. */
  readonly toolsDir: string;
  /** Which servers are needed; all unless told. */
  readonly only?: readonly ServerName[];
  /** false: PostgreSQL does not flush to disk. For tests alone. */
  readonly durable?: boolean;
  /** DATABASE_URL, REDIS_URL and SMTP_URL name servers to use instead of local ones; the process's own unless told. */
  readonly env?: NodeJS.ProcessEnv;
  /** One short line for each thing that takes time or has gone wrong. */
  readonly onProgress?: (line: string) => void;
}

/** The servers of one fleet. Addresses of servers left out by `only` are empty. */
export interface FleetServers {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly smtpUrl: string;
  /** Where the mails lie, when they stay here. */
  readonly mailDir: string | undefined;
  /** The local servers, where they are ours. */
  readonly postgres: KeptServer | undefined;
  readonly redis: KeptServer | undefined;
  /** Stops what was started here, and leaves servers named by the environment alone. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Opens the servers a fleet runs on: those the environment names, and local ones for the rest. The one owner of their
 * start and stop; local servers also end when this program is killed.
 * @throws SetupProblem with one line for the person at the keyboard; nothing is left running then
 */
export async function openFleetServers(options: FleetServersOptions): Promise<FleetServers> {
  const env = options.env ?? process.env;
  // What is tried while everything is being ended is nobody's concern.
  const onProgress = (line: string) => void (isEnding() || options.onProgress?.(line));
  const dataDir = resolve(options.dataDir);
  const wanted = (name: ServerName) => options.only?.includes(name) ?? true;
  mkdirSync(dataDir, { recursive: true });
  const lock = takeLock(join(dataDir, 'servers.lock'));
  if (!lock.taken) {
    throw new SetupProblem(
      `Another fleet (process ${lock.heldBy.pid}) runs on ${dataDir}`,
      'Stop it first, or use that one.',
    );
  }

  const external = (name: string) => env[name] || undefined;
  const databaseUrl = wanted('postgres') ? external('DATABASE_URL') : '';
  const redisUrl = wanted('redis') ? external('REDIS_URL') : '';
  const smtpUrl = wanted('mail') ? external('SMTP_URL') : '';
  const started = await Promise.allSettled([
    databaseUrl === undefined
      ? startPostgres({ dataDir: join(dataDir, 'postgres'), durable: options.durable ?? true, onProgress })
      : undefined,
    redisUrl === undefined
      ? startRedis({ dataDir: join(dataDir, 'redis'), toolsDir: options.toolsDir, env, onProgress })
      : undefined,
    smtpUrl === undefined ? startMailSink({ mailDir: join(dataDir, 'mail') }) : undefined,
  ]);
  const closeAll = async () => {
    await Promise.all(started.map((server) => (server.status === 'fulfilled' ? server.value?.close() : undefined)));
    lock.release();
  };
  const failed = started.find((server) => server.status === 'rejected');
  if (failed) {
    await closeAll();
    throw failed.reason;
  }
  const [postgres, redis, mail] = started.map((server) =>
    server.status === 'fulfilled' ? server.value : undefined,
  ) as [KeptServer | undefined, KeptServer | undefined, MailSink | undefined];

  let closed: Promise<void> | undefined;
  return {
    databaseUrl: databaseUrl ?? postgres?.url ?? '',
    redisUrl: redisUrl ?? redis?.url ?? '',
    smtpUrl: smtpUrl ?? mail?.url ?? '',
    mailDir: mail?.mailDir,
    postgres,
    redis,
    close() {
      closed ??= closeAll();
      return closed;
    },
  };
}
