/**
 * Writes the next migration from the difference between the entities and an up-to-date database.
 * Usage: DATABASE_URL=… ./ge run packages/database/scripts/create-migration.ts <name>
 */
import { fileURLToPath } from 'node:url';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { migrate, ormOptions } from '../src/index.ts';

const url = process.env.DATABASE_URL;
const name = process.argv[2];
if (!url || !name) {
  console.error('usage: DATABASE_URL=… ./ge run packages/database/scripts/create-migration.ts <name>');
  process.exit(2);
}
await migrate(url);
const orm = await MikroORM.init({
  ...ormOptions({ url, applicationName: 'ge-create-migration' }),
  extensions: [Migrator],
  migrations: { path: fileURLToPath(new URL('../src/migrations', import.meta.url)), emit: 'ts', snapshot: false },
});
const { fileName } = await orm.migrator.create(undefined, false, false, name);
console.log(fileName || 'entities and database agree: nothing to write');
await orm.close(true);
