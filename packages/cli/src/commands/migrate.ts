import { openFleetServers } from '@ge/embedded';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { UserMistake } from '../mistake.ts';
import { checkNamedServers } from '../named-servers.ts';
import { toolsDir } from '../project.ts';
import { dataOption, fleetFolder, fleetHolder, runningFleet } from '../running-fleet.ts';
import { listenForStop } from '../stop-signal.ts';
import { teach } from '../teach.ts';

export function registerMigrate(program: Command): void {
  const command = program
    .command('migrate')
    .summary('bring the database schema up to date')
    .description(
      'Brings the schema of the database up to date and says which migrations ran.\n\n' +
        'The database is the one DATABASE_URL names; without it, the one of the fleet that `ge up` runs; and if none ' +
        'runs, the local one, which is started for the purpose. Safe to repeat, and to run from two places at once.',
    )
    .option('--data <folder>', dataOption)
    .option('--json', 'print one object: {"ok", "applied": [names]}')
    .action(async (options: { data?: string; json?: boolean }) => {
      const applied = await migrateNow(options.data, options.json ?? false);
      if (options.json) answer({ ok: true, applied });
      else if (applied.length === 0) console.log('The schema is up to date.');
      else for (const name of applied) console.log(`applied ${name}`);
    });
  teach(command, {
    examples: ['ge migrate', 'DATABASE_URL=postgres://… ge migrate --json'],
    exitCodes: { 0: 'the schema is up to date', 1: 'a migration failed; what it did is rolled back' },
  });
}

async function migrateNow(data: string | undefined, json: boolean): Promise<readonly string[]> {
  listenForStop(json);
  const { migrate } = await import('@ge/database');
  await checkNamedServers({ DATABASE_URL: process.env.DATABASE_URL });
  if (process.env.DATABASE_URL) return migrate(process.env.DATABASE_URL);
  const folder = fleetFolder(data);
  const running = runningFleet(folder);
  if (running) return migrate(running.databaseUrl);
  const holder = fleetHolder(folder);
  if (holder !== undefined)
    throw new UserMistake(`The fleet is just starting or stopping (process ${holder}); try again.`);
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
