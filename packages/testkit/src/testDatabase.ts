import { randomBytes } from 'node:crypto';
import { type Database, migrate, openDatabase } from '@ge/database';
import pg from 'pg';

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
  await onCluster(async (cluster) => {
    await ensureTemplate(cluster);
    // By file: through the log, as is usual, a copy takes ten times as long.
    await cluster.query(`create database ${name} template ${template} strategy file_copy`);
  });
  const database = await openDatabase({ url: urlOf(name), applicationName: 'ge-test', poolSize });
  return {
    url: urlOf(name),
    database,
    drop: async () => {
      await Promise.all([...(running.get(database) ?? [])].map((end) => end()));
      await database.close();
      await onCluster((cluster) => cluster.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** A plain connection: what is done with it needs no entity. */
async function onCluster<T>(work: (cluster: pg.Client) => Promise<T>): Promise<T> {
  const cluster = new pg.Client({ connectionString: clusterUrl(), application_name: 'ge-testkit' });
  await cluster.connect();
  try {
    return await work(cluster);
  } finally {
    await cluster.end();
  }
}

/** Test files run side by side: the first one makes the template while the others wait for the lock. */
async function ensureTemplate(cluster: pg.Client): Promise<void> {
  const isMade = async () =>
    (await cluster.query('select 1 from pg_database where datname = $1', [template])).rows.length > 0;
  if (await isMade()) return;
  await cluster.query('select pg_advisory_lock($1)', [templateLock]);
  try {
    if (await isMade()) return;
    await cluster.query(`create database ${template}_unfinished`);
    await migrate(urlOf(`${template}_unfinished`));
    await cluster.query(`alter database ${template}_unfinished rename to ${template}`);
  } finally {
    await cluster.query('select pg_advisory_unlock($1)', [templateLock]);
  }
}
