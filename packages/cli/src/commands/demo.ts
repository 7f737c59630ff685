import { join } from 'node:path';
import { createClient } from '@ge/api';
import { isEnding } from '@ge/embedded';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { checksTable } from '../demo/checksTable.ts';
import { readExamples } from '../demo/examples.ts';
import { prepareResults } from '../demo/results.ts';
import { lastLine, screen } from '../demo/screen.ts';
import { type Audience, tellStory } from '../demo/tellStory.ts';
import { checkNamedServers } from '../named-servers.ts';
import { openPassingFleet, type PassingFleet } from '../passing-fleet.ts';
import { projectDir } from '../project.ts';
import { listenForStop } from '../stop-signal.ts';
import { teach } from '../teach.ts';
import { terminalWidth } from '../wrapping.ts';

export function registerDemo(program: Command): void {
  const command = program
    .command('demo')
    .summary('take one marketplace through the whole programme')
    .description(
      'Starts a fleet of its own, plays the files of examples/ through the API as sellers, buyers and operators would, ' +
        'compares what came of it (database and carrier’s ledger) with what was worked out beforehand, and stops ' +
        'everything. Mails, labels and reports are kept.',
    )
    .option('--json', 'print one JSON object: {ok, steps, checks}')
    .option('--keep', 'leave the fleet up afterwards, until Ctrl-C')
    .option('--examples <folder>', 'input files of another size or seed', join(projectDir, 'examples'))
    .option(
      '--out <folder>',
      'where the folders mails, labels and reports are put, in place of earlier ones',
      join(projectDir, '.ge', 'demo'),
    )
    .action(demo);
  teach(command, {
    examples: [
      'ge demo',
      ['ge demo --keep', 'then look around in the fleet'],
      ["ge demo --json | jq '.checks[] | select(.ok | not)'", 'what did not hold'],
      ['ge run examples/generate/main.ts --sellers 1000 --out big && ge demo --examples big', ''],
    ],
    exitCodes: { 0: 'every check holds', 1: 'a check does not hold, or the fleet does not start' },
  });
}

const quiet: Audience = { begins: () => undefined, ends: () => undefined };

async function demo(options: { json?: boolean; keep?: boolean; examples: string; out: string }): Promise<void> {
  const examples = readExamples(options.examples);
  prepareResults(options.out);
  const stopSignal = listenForStop(options.json ?? false);
  // Its mails are counted where they are kept, so they never go to a mail server named elsewhere.
  await checkNamedServers({ ...process.env, SMTP_URL: undefined });
  const write = (line: string) => (options.json ? console.error(line) : console.log(line));
  write('Starting a fleet of its own');
  const own = await openPassingFleet('demo', (line) => write(`       ${line}`));
  // Loaded late, like the steps: nobody who asks for help should wait for them.
  const { openDatabase } = await import('@ge/database');
  const { story } = await import('../demo/story.ts');
  const database = await openDatabase({ url: own.databaseUrl, applicationName: 'ge-demo', poolSize: 4 });
  let ok = false;
  try {
    const gatewayUrl = own.fleet.url('gateway');
    const told = await tellStory(
      story,
      {
        examples,
        client: createClient({ baseUrl: gatewayUrl, apiKey: own.operatorKey, locale: 'en-US' }),
        database,
        gatewayUrl,
        carrier: { url: own.fleet.url('carrier-simulator'), adminToken: own.carrierAdminToken },
        folders: { mails: own.mailDir, ...own.folders },
        ids: { templates: new Map(), addresses: new Map() },
        say: () => undefined,
      },
      options.json ? quiet : screen(write, terminalWidth),
      isEnding,
    );
    if (isEnding()) return await untilTheSignalExits();
    ok = told.ok;
    if (options.json) answer(told);
    else write(`\n${checksTable(told.checks, terminalWidth())}\n\n${lastLine(told)}`);
    if (options.keep) {
      write(whereItIs(own));
      stopSignal.orderly();
      await stopSignal.requested;
    }
    own.keepResults(options.out);
    write(`Mails, labels and reports: ${options.out}`);
    // What is left is to stop in order: a signal now only means that it is wanted.
    stopSignal.orderly();
  } finally {
    if (!isEnding()) {
      await database.close();
      await own.close();
    }
  }
  // Idle keep-alive connections would hold the process open.
  process.exit(stopSignal.exitCode ?? (ok ? 0 : 1));
}

/** Everything is being ended by the handler of the signal; its exit code is the one that counts. */
const untilTheSignalExits = (): Promise<never> => new Promise(() => undefined);

const whereItIs = (own: PassingFleet): string =>
  [
    '\nThe fleet stays up. Ctrl-C stops it.',
    ...['gateway', 'ops', 'carrier-simulator'].map((name) => `  ${name.padEnd(18)} ${own.fleet.url(name)}`),
    `  ${'operator key'.padEnd(18)} ${own.operatorKey}`,
    `  ${'mails'.padEnd(18)} ${own.mailDir}`,
  ].join('\n');
