import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openFleetServers, passingFolder, stateFolder } from '@ge/embedded';
import { linkedServices } from '@ge/linking';
import { fleetServices } from './fleet.ts';
import { fleetSecrets } from './fleet-secrets.ts';
import { UserMistake } from './mistake.ts';
import { projectDir, toolsDir } from './project.ts';
import type { Backoff } from './supervisor/backoff.ts';
import { type Fleet, startFleet } from './supervisor/start-fleet.ts';

/** A fleet of a command's own, on servers of its own, gone when it closes; what people want to look at is copied out. */
export interface PassingFleet {
  readonly fleet: Fleet;
  /** The servers' processes, where they are ours. */
  readonly serverPids: { readonly postgres: number | undefined; readonly redis: number | undefined };
  /** Where it keeps its files. */
  readonly folder: string;
  readonly databaseUrl: string;
  /** Where its queues lie. */
  readonly queues: { readonly redisUrl: string; readonly namespace: string };
  readonly operatorKey: string;
  readonly carrierAdminToken: string;
  readonly mailDir: string;
  readonly folders: { readonly labels: string; readonly reports: string };
  /** Puts mails, labels and reports into `results`, in place of those of an earlier run. */
  keepResults(results: string): void;
  close(): Promise<void>;
}

/**
 * Starts servers and services for the command `name`; `settings` are told to every service, `backoff` says how soon one that
 * died is started again.
 * @throws SetupProblem or FleetStartProblem in words for people
 */
export async function openPassingFleet(
  name: string,
  say: (line: string) => void,
  { settings = {}, backoff }: { readonly settings?: Readonly<Record<string, string>>; readonly backoff?: Backoff } = {},
): Promise<PassingFleet> {
  const state = stateFolder(projectDir);
  const folder = await passingFolder(state, name);
  const namespace = `${name}-${process.pid}`;
  const secrets = fleetSecrets(folder.path);
  const drafts = { labels: join(folder.path, 'labels'), reports: join(folder.path, 'reports') };
  for (const draft of Object.values(drafts)) mkdirSync(draft, { recursive: true });
  let servers: Awaited<ReturnType<typeof openFleetServers>> | undefined;
  let fleet: Fleet | undefined;
  const close = async () => {
    await fleet?.stop();
    await servers?.close();
    folder.discard();
  };
  try {
    // Mails are counted in a folder, so they never go to a mail server named elsewhere; a shared Redis is not mixed up with.
    const env = { ...process.env, SMTP_URL: undefined, QUEUE_NAMESPACE: namespace };
    servers = await openFleetServers({ dataDir: folder.path, toolsDir, env, onProgress: say });
    const { migrate } = await import('@ge/database');
    await migrate(servers.databaseUrl);
    if (!servers.postgres) await refuseUsedDatabase(name, servers.databaseUrl);
    const services = fleetServices({ dataDir: folder.path, secrets });
    const startedFrom = await linkedServices(projectDir, say);
    say(`starting ${services.length} services`);
    fleet = await startFleet({
      servers,
      services,
      startedFrom,
      env: { ...env, LOG_LEVEL: 'warn', ...settings },
      ...(backoff && { backoff }),
      onEvent: ({ kind, service, text }) => kind === 'died' && say(`${service} ${text}`),
    });
  } catch (error) {
    await close();
    throw error;
  }
  const mailDir = servers.mailDir!;
  return {
    fleet,
    serverPids: { postgres: servers.postgres?.pid, redis: servers.redis?.pid },
    folder: folder.path,
    databaseUrl: servers.databaseUrl,
    queues: { redisUrl: servers.redisUrl, namespace },
    operatorKey: secrets.operatorKey,
    carrierAdminToken: secrets.carrierAdminToken,
    mailDir,
    folders: drafts,
    keepResults: (results) => {
      for (const [name, from] of Object.entries({ mails: mailDir, ...drafts })) {
        rmSync(join(results, name), { recursive: true, force: true });
        cpSync(from, join(results, name), { recursive: true });
      }
    },
    close,
  };
}

/** A database named by DATABASE_URL may hold somebody's sellers: a fleet of a command's own neither mixes with them nor counts them. */
async function refuseUsedDatabase(name: string, url: string): Promise<void> {
  const { openDatabase } = await import('@ge/database');
  const database = await openDatabase({ url, applicationName: `ge-${name}`, poolSize: 1 });
  try {
    const rows = await database.query('select 1 from sellers limit 1');
    if (rows.length > 0)
      throw new UserMistake(`DATABASE_URL names a database that has sellers already: the ${name} needs an empty one.`);
  } finally {
    await database.close();
  }
}
