import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { openDatabase, ormOptions } from './database.ts';
import { migrationsList } from './migrations/index.ts';

/** Any number will do as long as it is the fleet's own: two migrations of one database wait for each other. */
const migrationLock = 7_215_411;

/**
 * Brings the schema up to date; safe to call from several processes at once.
 * Returns the names of the migrations that were run.
 */
export const migrate = (url: string): Promise<readonly string[]> => withMigrator(url, (migrator) => migrator.up());

/**
 * Takes the latest migration back, for a release that is withdrawn, and returns its name.
 * @throws where what is owed would be lost; the schema is then as it was
 */
export const takeBack = (url: string): Promise<readonly string[]> => withMigrator(url, (migrator) => migrator.down());

async function withMigrator(
  url: string,
  work: (migrator: MikroORM['migrator']) => Promise<readonly { readonly name: string }[]>,
): Promise<readonly string[]> {
  const options = { url, applicationName: 'ge-migrate', poolSize: 1, endless: true };
  const guard = await openDatabase(options);
  const orm = await MikroORM.init({
    ...ormOptions(options),
    extensions: [Migrator],
    migrations: { migrationsList: [...migrationsList], snapshot: false, disableForeignKeys: false, silent: true },
  });
  try {
    return await guard.transaction(async (tx) => {
      await tx.query(`set local lock_timeout = 0`);
      await tx.query('select pg_advisory_xact_lock($1)', [migrationLock]);
      return (await work(orm.migrator)).map((migration) => migration.name);
    });
  } finally {
    await orm.close(true);
    await guard.close();
  }
}
