import { randomBytes } from 'node:crypto';
import { type Database, migrate, openDatabase } from '@ge/database';

export interface TestDatabase {
  readonly url: string;
  readonly database: Database;
  /** Ends what still runs on it, closes the connections and drops the database. */
  drop(): Promise<void>;
}

const running = new WeakMap<Database, Set<() => Promise<void>>>();

/**
 * `end` is called before the database goes: a test that fails does not come to end what it started, and that would go on
 * failing on a closed database for as long as its file runs.
 */
export function endsBefore(database: Database, end: () => Promise<void>): void {
  running.set(database, (running.get(database) ?? new Set()).add(end));
}

const template = 'ge_template';
const templateLock = 991_204;

/** The cluster that the test run started; set by the global set-up. */
function clusterUrl(): string {
  const url = process.env.GE_TEST_DATABASE_URL;
  if (!url) throw new Error('GE_TEST_DATABASE_URL is not set: run the tests with ./ge test');
  return url;
}

const urlOf = (name: string): string => {
  const url = new URL(clusterUrl());
  url.pathname = `/${name}`;
  return url.href;
};

/**
 * A migrated database of the caller's own, copied from a template that is made once per test run.
 * `await using` is not needed: call `drop` in `afterAll`.
 */
export async function testDatabase(poolSize = 6): Promise<TestDatabase> {
  const name = `ge_test_${randomBytes(6).toString('hex')}`;
  const cluster = await openDatabase({ url: clusterUrl(), applicationName: 'ge-testkit', poolSize: 2 });
  try {
    await ensureTemplate(cluster);
    await cluster.query(`create database ${name} template ${template}`);
  } finally {
    await cluster.close();
  }
  const database = await openDatabase({ url: urlOf(name), applicationName: 'ge-test', poolSize });
  return {
    url: urlOf(name),
    database,
    drop: async () => {
      await Promise.all([...(running.get(database) ?? [])].map((end) => end()));
      await database.close();
      const owner = await openDatabase({ url: clusterUrl(), applicationName: 'ge-testkit', poolSize: 1 });
      await owner.query(`drop database if exists ${name} with (force)`);
      await owner.close();
    },
  };
}

/** Test files run side by side: the first one makes the template while the others wait for the lock. */
async function ensureTemplate(cluster: Database): Promise<void> {
  await cluster.orm.em.fork().transactional(async (em) => {
    // A connection of its own holds the lock: `create database` cannot run inside a transaction.
    await em.execute(
      `select set_config(name, '0', true) from pg_settings where name in ('lock_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')`,
    );
    await em.execute(`select pg_advisory_xact_lock(${templateLock})`);
    const made = await cluster.query('select 1 from pg_database where datname = $1', [template]);
    if (made.length > 0) return;
    await cluster.query(`create database ${template}_unfinished`);
    await migrate(urlOf(`${template}_unfinished`));
    await cluster.query(`alter database ${template}_unfinished rename to ${template}`);
  });
}
