import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lockHolder, stateFolder } from '@ge/embedded';
import { projectDir } from './project.ts';
import type { ServerAddresses } from './supervisor/service-definition.ts';
import type { Fleet } from './supervisor/start-fleet.ts';

/** What `up` writes down so that `status` and `migrate` find the fleet. Holds passwords: readable by its owner only. */
export interface RunningFleet extends ServerAddresses {
  readonly pid: number;
  readonly since: string;
  readonly mailDir: string | undefined;
  readonly services: readonly { readonly name: string; readonly ports: Readonly<Record<string, number>> }[];
}

/** What `--data` means, wherever it is an option. */
export const dataOption = "folder of the fleet's data (default: .ge/up of this checkout)";

/** Folder of the fleet that `up` runs and whose data outlives it. @param named by `--data` */
export function fleetFolder(named: string | undefined): string {
  return named === undefined ? join(stateFolder(projectDir), 'up') : resolve(named);
}

const fileOf = (folder: string) => join(folder, 'fleet.json');

/** Process that runs the fleet of `folder` now, if any. */
export function fleetHolder(folder: string): number | undefined {
  return lockHolder(join(folder, 'servers.lock'))?.pid;
}

/** The fleet that runs on `folder` now; `undefined` when none does or it is still starting. */
export function runningFleet(folder: string): RunningFleet | undefined {
  const holder = fleetHolder(folder);
  if (holder === undefined) return undefined;
  try {
    const found = JSON.parse(readFileSync(fileOf(folder), 'utf8')) as RunningFleet;
    return found.pid === holder ? found : undefined;
  } catch {
    return undefined;
  }
}

export function announceFleet(
  folder: string,
  servers: ServerAddresses & { mailDir: string | undefined },
  fleet: Fleet,
): void {
  const running: RunningFleet = {
    pid: process.pid,
    since: new Date().toISOString(),
    databaseUrl: servers.databaseUrl,
    redisUrl: servers.redisUrl,
    smtpUrl: servers.smtpUrl,
    mailDir: servers.mailDir,
    services: fleet.services.map(({ name, ports }) => ({ name, ports })),
  };
  const draft = `${fileOf(folder)}.draft`;
  writeFileSync(draft, `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, fileOf(folder));
}

export function withdrawFleet(folder: string): void {
  rmSync(fileOf(folder), { force: true });
}

/** An address fit for a terminal: without its password. */
export function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url);
    if (parsed.password) parsed.password = '***';
    return parsed.href;
  } catch {
    // Several nodes of a cluster are no URL to Node.
    return url.replace(/^([a-z-]+:\/\/[^:@/]*):[^@/]*@/, '$1:***@');
  }
}
