import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openFleetServers, passingFolder, stateFolder } from '@ge/embedded';
import { fleetServices } from '../fleet.ts';
import { fleetSecrets } from '../fleet-secrets.ts';
import { projectDir, toolsDir } from '../project.ts';
import { type Fleet, startFleet } from '../supervisor/start-fleet.ts';

/** A fleet of the demo's own, on servers of its own, gone when it closes; what people want to look at is copied out. */
export interface DemoFleet {
  readonly fleet: Fleet;
  readonly databaseUrl: string;
  readonly operatorKey: string;
  readonly carrierAdminToken: string;
  readonly mailDir: string;
  readonly folders: { readonly labels: string; readonly reports: string };
  /** Moves mails, labels and reports into `results`, which is emptied first. */
  keepResults(results: string): void;
  close(): Promise<void>;
}

/** Starts servers and services. @throws SetupProblem or FleetStartProblem in words for people */
export async function openDemoFleet(say: (line: string) => void): Promise<DemoFleet> {
  const state = stateFolder(projectDir);
  const folder = await passingFolder(state, 'demo');
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
    // The demo counts mails in a folder and charges in a ledger, so it never runs against servers named elsewhere.
    const env = { ...process.env, SMTP_URL: undefined };
    servers = await openFleetServers({ dataDir: folder.path, toolsDir, env, onProgress: say });
    const { migrate } = await import('@ge/database');
    await migrate(servers.databaseUrl);
    const services = fleetServices({ dataDir: folder.path, secrets });
    say(`starting ${services.length} services`);
    fleet = await startFleet({
      servers,
      services,
      env: { ...env, LOG_LEVEL: 'warn' },
      onEvent: ({ kind, service, text }) => kind === 'died' && say(`${service} ${text}`),
    });
  } catch (error) {
    await close();
    throw error;
  }
  const mailDir = servers.mailDir!;
  return {
    fleet,
    databaseUrl: servers.databaseUrl,
    operatorKey: secrets.operatorKey,
    carrierAdminToken: secrets.carrierAdminToken,
    mailDir,
    folders: drafts,
    keepResults: (results) => {
      rmSync(results, { recursive: true, force: true });
      mkdirSync(results, { recursive: true });
      for (const [name, from] of Object.entries({ mails: mailDir, ...drafts }))
        cpSync(from, join(results, name), { recursive: true });
    },
    close,
  };
}
