import { join } from 'node:path';
import { createClient } from '@ge/api';
import type { Command } from 'commander';
import { type DemoFleet, openDemoFleet } from '../demo/demoFleet.ts';
import { readExamples } from '../demo/examples.ts';
import { checksTable, lastLine, screen } from '../demo/screen.ts';
import { story } from '../demo/story.ts';
import { type Audience, tellStory } from '../demo/tellStory.ts';
import { projectDir } from '../project.ts';
import { listenForStop } from '../stop-signal.ts';

export function registerDemo(program: Command): void {
  program
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
      'where mails, labels and reports are put; what lies there is replaced',
      join(projectDir, '.ge', 'demo'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  ge demo\n  ge demo --json\n  node examples/generate/main.ts --sellers 1000 --out big && ge demo --examples big',
    )
    .action(demo);
}

const quiet: Audience = { begins: () => undefined, ends: () => undefined };

async function demo(options: { json?: boolean; keep?: boolean; examples: string; out: string }): Promise<void> {
  const examples = readExamples(options.examples);
  const stopSignal = listenForStop();
  const write = (line: string) => (options.json ? console.error(line) : console.log(line));
  write('Starting a fleet of its own');
  const own = await openDemoFleet((line) => write(`       ${line}`));
  const { openDatabase } = await import('@ge/database');
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
      options.json ? quiet : screen(write),
      () => false,
    );
    ok = told.ok;
    if (options.json) console.log(JSON.stringify(told));
    else write(`\n${checksTable(told.checks)}\n\n${lastLine(told)}`);
    if (options.keep) {
      write(whereItIs(own));
      stopSignal.orderly();
      await stopSignal.requested;
    }
  } finally {
    await database.close();
    own.keepResults(options.out);
    await own.close();
    write(`Mails, labels and reports: ${options.out}`);
  }
  // Idle keep-alive connections would hold the process open.
  process.exit(ok ? 0 : 1);
}

const whereItIs = (own: DemoFleet): string =>
  [
    '\nThe fleet stays up. Ctrl-C stops it.',
    ...['gateway', 'ops', 'carrier-simulator'].map((name) => `  ${name.padEnd(18)} ${own.fleet.url(name)}`),
    `  ${'operator key'.padEnd(18)} ${own.operatorKey}`,
    `  ${'mails'.padEnd(18)} ${own.mailDir}`,
  ].join('\n');
