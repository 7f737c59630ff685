import type { Command } from 'commander';
import { type RunningFleet, runningFleet, upFolder, withoutPassword } from '../running-fleet.ts';
import { askReady } from '../supervisor/health.ts';
import { table } from '../table.ts';

export function registerStatus(program: Command): void {
  program
    .command('status')
    .summary('ask every service of the running fleet how it is')
    .description(
      'Asks each service of the fleet that `ge up` runs in this checkout whether it is ready.\n\n' +
        'Exit code 0: all are ready. 1: none runs here, or some service is not ready.',
    )
    .option('--json', 'print one object: {"running", "services": [{"name", "state", "ports"}], …}')
    .addHelpText('after', '\nExamples:\n  ge status\n  ge status --json')
    .action(async (options: { json?: boolean }) => {
      const running = runningFleet(upFolder());
      const services = running ? await askAll(running) : [];
      const ok = running !== undefined && services.every(({ state }) => state === 'ready');
      if (options.json)
        console.log(JSON.stringify({ running: running !== undefined, ok, ...about(running), services }));
      else if (!running) console.log('No fleet runs here. `ge up` starts one.');
      else console.log(readable(running, services));
      process.exitCode = ok ? 0 : 1;
    });
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
