import { openDatabase } from '@ge/database';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase(1);
});

afterAll(() => db.drop());

test('migrations and entities agree: a migrated database needs no change', async () => {
  const difference = await db.database.orm.schema.getUpdateSchemaSQL({ wrap: false });
  expect(difference.trim()).toBe('');
});

test('a migration may take longer than a transaction, and waits for a lock no longer than one', async () => {
  const migrating = await openDatabase({ url: db.url, applicationName: 'ge-test', poolSize: 1, endless: true });
  const limits = await migrating.query(
    `select name, setting from pg_settings
      where name in ('transaction_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout') order by name`,
  );
  expect(limits).toEqual([
    { name: 'idle_in_transaction_session_timeout', setting: '0' },
    { name: 'lock_timeout', setting: '10000' },
    { name: 'transaction_timeout', setting: '0' },
  ]);
  await migrating.close();
});
