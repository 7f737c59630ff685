import type { Command } from 'commander';
import { answer } from '../answer.ts';
import {
  dataOption,
  fleetFolder,
  fleetHolder,
  type RunningFleet,
  runningFleet,
  withoutPassword,
} from '../running-fleet.ts';
import { askReady } from '../supervisor/health.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

export function registerStatus(program: Command): void {
  const command = program
    .command('status')
    .summary('ask every service of the running fleet how it is')
    .description('Asks each service of the fleet that `ge up` runs in this checkout whether it is ready.')
    .option('--data <folder>', dataOption)
    .option('--json', 'print one object: {"running", "ok", "services": [{"name", "state", "ports"}], …}')
    .action(async (options: { data?: string; json?: boolean }) => {
      const folder = fleetFolder(options.data);
      const running = runningFleet(folder);
      const services = running ? await askAll(running) : [];
      const ok = running !== undefined && services.every(({ state }) => state === 'ready');
      if (options.json) answer({ running: running !== undefined, ok, ...about(running), services });
      else if (!running) console.log(noFleet(folder));
      else console.log(readable(running, services));
      process.exitCode = ok ? 0 : 1;
    });
  teach(command, {
    examples: ['ge status', ['until ge status >/dev/null; do sleep 1; done', 'waits until it is up']],
    exitCodes: { 0: 'all services are ready', 1: 'no fleet is up here, or some service is not ready' },
  });
}

function noFleet(folder: string): string {
  const holder = fleetHolder(folder);
  return holder === undefined
    ? 'No fleet runs here. `ge up` starts one.'
    : `The fleet is just starting or stopping (process ${holder}).`;
}

interface ServiceStatus {
  readonly name: string;
  readonly state: string;
  readonly ports: Readonly<Record<string, number>>;
}

function askAll(running: RunningFleet): Promise<ServiceStatus[]> {
  return Promise.all(
    running.services.map(async ({ name, ports }) => ({
      name,
      state: await askReady(`http://127.0.0.1:${ports.HEALTH_PORT}`),
      ports,
    })),
  );
}

function about(running: RunningFleet | undefined): Record<string, unknown> {
  if (!running) return {};
  return { pid: running.pid, since: running.since, mailDir: running.mailDir };
}

function readable(running: RunningFleet, services: readonly ServiceStatus[]): string {
  const rows = services.map(({ name, state, ports }) => [
    name,
    state,
    ports.PORT === undefined ? '' : `http://127.0.0.1:${ports.PORT}`,
    `http://127.0.0.1:${ports.HEALTH_PORT}`,
  ]);
  return [
    `Up since ${running.since}, process ${running.pid}`,
    `database ${withoutPassword(running.databaseUrl)}`,
    `redis    ${withoutPassword(running.redisUrl)}`,
    `mail     ${running.mailDir ?? withoutPassword(running.smtpUrl)}`,
    '',
    table(['service', 'state', 'address', 'health'], rows),
  ].join('\n');
}
