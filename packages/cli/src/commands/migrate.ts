import { openFleetServers } from '@ge/embedded';
import type { Command } from 'commander';
import { UserMistake } from '../mistake.ts';
import { checkNamedServers } from '../named-servers.ts';
import { toolsDir } from '../project.ts';
import { fleetHolder, runningFleet, upFolder } from '../running-fleet.ts';
import { listenForStop } from '../stop-signal.ts';

export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .summary('bring the database schema up to date')
    .description(
      'Brings the schema of the database up to date and says which migrations ran.\n\n' +
        'The database is the one DATABASE_URL names; without it, the one of the fleet that `ge up` runs; and if none ' +
        'runs, the local one, which is started for the purpose. Safe to repeat, and to run from two places at once.',
    )
    .option('--json', 'print one object: {"applied": [names]}')
    .addHelpText('after', '\nExamples:\n  ge migrate\n  DATABASE_URL=postgres://… ge migrate --json')
    .action(async (options: { json?: boolean }) => {
      const applied = await migrateNow();
      if (options.json) console.log(JSON.stringify({ applied }));
      else if (applied.length === 0) console.log('The schema is up to date.');
      else for (const name of applied) console.log(`applied ${name}`);
    });
}

async function migrateNow(): Promise<readonly string[]> {
  const { migrate } = await import('@ge/database');
  await checkNamedServers({ DATABASE_URL: process.env.DATABASE_URL });
  if (process.env.DATABASE_URL) return migrate(process.env.DATABASE_URL);
  const folder = upFolder();
  const running = runningFleet(folder);
  if (running) return migrate(running.databaseUrl);
  const holder = fleetHolder(folder);
  if (holder !== undefined)
    throw new UserMistake(`The fleet is just starting or stopping (process ${holder}); try again.`);
  listenForStop();
  const servers = await openFleetServers({
    dataDir: folder,
    toolsDir,
    only: ['postgres'],
    onProgress: (line) => console.error(line),
  });
  try {
    return await migrate(servers.databaseUrl);
  } finally {
    await servers.close();
  }
}
