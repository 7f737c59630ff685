import { isEnding, openFleetServers } from '@ge/embedded';
import { linkedServices } from '@ge/linking';
import type { Command } from 'commander';
import { fleetServices } from '../fleet.ts';
import { fleetSecrets } from '../fleet-secrets.ts';
import { logFormatter } from '../log-format.ts';
import { UserMistake } from '../mistake.ts';
import { checkNamedServers } from '../named-servers.ts';
import { projectDir, toolsDir } from '../project.ts';
import {
  announceFleet,
  dataOption,
  fleetFolder,
  fleetHolder,
  withdrawFleet,
  withoutPassword,
} from '../running-fleet.ts';
import { listenForStop } from '../stop-signal.ts';
import { type Fleet, startFleet } from '../supervisor/start-fleet.ts';
import { teach } from '../teach.ts';

export function registerUp(program: Command): void {
  const command = program
    .command('up')
    .summary('start the whole fleet and stay')
    .description(
      'Starts the servers and every service, prints where they are, and stays until Ctrl-C or SIGTERM.\n\n' +
        'A service that dies is started again. Data lies in .ge/up and is there again the next time; mails are kept ' +
        'as files. DATABASE_URL, REDIS_URL and SMTP_URL name servers to use instead of local ones. Ports that are ' +
        'taken are stepped over; `ge status` shows them from another terminal.',
    )
    .option('--data <folder>', dataOption)
    .option('--quiet', 'leave out what the services log')
    .option(
      '--json',
      'print one JSON object a line: {"event", "text"}, {"service", "stream", "line"}, once {"event": "up", …}',
    )
    .action(up);
  teach(command, {
    examples: [
      'ge up',
      ['ge up --quiet', 'addresses and restarts, no logs'],
      ['ge up --data /tmp/other', 'a second fleet beside the first'],
      'DATABASE_URL=postgres://… REDIS_URL=redis://… ge up',
    ],
    exitCodes: {
      1: 'a server or a service does not start',
      130: 'stopped by Ctrl-C, the usual end; 143 by SIGTERM, 129 by SIGHUP',
    },
  });
}

async function up(options: { data?: string; json?: boolean; quiet?: boolean }): Promise<void> {
  const folder = fleetFolder(options.data);
  const holder = fleetHolder(folder);
  if (holder !== undefined) {
    throw new UserMistake(`The fleet is already up (process ${holder}): ge status shows it.`);
  }
  const stopSignal = listenForStop(options.json ?? false);
  await checkNamedServers(process.env);
  const say = (event: string, text: string) =>
    options.json ? console.log(JSON.stringify({ event, text })) : console.error(text);
  const secrets = fleetSecrets(folder);
  const services = fleetServices({ dataDir: folder, secrets });
  const format = logFormatter(
    services.map(({ name }) => name),
    process.stdout.isTTY,
  );

  say('starting', 'starting the servers');
  const servers = await openFleetServers({ dataDir: folder, toolsDir, onProgress: (line) => say('server', line) });
  let fleet: Fleet | undefined;
  try {
    // Loaded late: nobody who asks for help should wait for the ORM.
    const { migrate } = await import('@ge/database');
    const applied = await migrate(servers.databaseUrl);
    const { ensureOperatorKey, isInForce } = await import('../operator-key.ts');
    if (servers.postgres) await ensureOperatorKey(servers.databaseUrl, secrets.operatorKey);
    if (applied.length > 0) say('migrated', `applied ${applied.length} migration${applied.length === 1 ? '' : 's'}`);
    const startedFrom = await linkedServices(projectDir, (line) => say('starting', line));
    say('starting', `starting ${services.length} services`);
    fleet = await startFleet({
      servers,
      services,
      startedFrom,
      onLog: (line) => {
        if (options.json) console.log(JSON.stringify(line));
        else if (!options.quiet) console.log(format(line));
      },
      onEvent: ({ service, kind, text }) => {
        if (options.json) say(kind, `${service} ${text}`);
        // That it is ready says the service's own log, and at the start the list of addresses.
        else if (kind !== 'ready' || (options.quiet && fleet)) {
          console.error(format({ service, stream: 'stderr', line: text }));
        }
      },
    });
    stopSignal.orderly();
    announceFleet(folder, servers, fleet);
    const key = (await isInForce(servers.databaseUrl, secrets.operatorKey)) ? secrets.operatorKey : null;
    announce(options.json ?? false, servers, fleet, key);
    await stopSignal.requested;
    say('stopping', 'stopping');
  } finally {
    withdrawFleet(folder);
    if (!isEnding()) {
      await fleet?.stop();
      await servers.close();
    }
  }
  say('stopped', 'stopped');
  // Signal handlers and idle keep-alive connections would hold the process open.
  process.exit(stopSignal.exitCode);
}

/** What to look at there first. */
const pages: Readonly<Record<string, string>> = { gateway: '  (/docs)', ops: '  (/board)' };

type Servers = Awaited<ReturnType<typeof openFleetServers>>;

/** @param operatorKey null where the database has others already */
function announce(json: boolean, servers: Servers, fleet: Fleet, operatorKey: string | null): void {
  const addresses: Record<string, string> = Object.fromEntries(
    fleet.services.filter(({ ports }) => ports.PORT !== undefined).map(({ name }) => [name, fleet.url(name)]),
  );
  if (json) {
    const { pid } = process;
    console.log(JSON.stringify({ event: 'up', pid, addresses, operatorKey, mailDir: servers.mailDir ?? null }));
    return;
  }
  const lines: [string, string][] = [
    ...Object.entries(addresses).map(([name, at]): [string, string] => [name, `${at}${pages[name] ?? ''}`]),
    ['operator key', operatorKey ?? 'one of those this database has already'],
    ['database', withoutPassword(servers.databaseUrl)],
    ['redis', withoutPassword(servers.redisUrl)],
    ['mail', servers.mailDir ? `${servers.smtpUrl}, kept in ${servers.mailDir}` : withoutPassword(servers.smtpUrl)],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  console.log(
    ['', 'The fleet is up. Ctrl-C stops it.', ...lines.map(([name, at]) => `  ${name.padEnd(width)}  ${at}`), ''].join(
      '\n',
    ),
  );
}
