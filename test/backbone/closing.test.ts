import { openDatabase } from '@ge/database';
import { eventually, startWorker, type TestDatabase, testDatabase, testSpace } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

test('a database that is closed while connections are being made serves who asked before, and nobody after', async () => {
  const database = await openDatabase({ url: db.url, applicationName: 'ge-test-closing', poolSize: 3 });
  const asked = [1, 2, 3, 4].map((n) => database.query('select $1::int as n', [n]));
  const closed = Promise.all([database.close(), database.close()]);
  await expect(database.ping()).rejects.toThrow('the database is closed');
  await expect(database.transaction(async () => 1)).rejects.toThrow('the database is closed');
  expect(await Promise.all(asked)).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }], [{ n: 4 }]]);
  await closed;
  await eventually('its sessions have ended', async () => {
    const left = await db.database.query(`select from pg_stat_activity where application_name = 'ge-test-closing'`);
    return left.length === 0;
  });
});

test('a worker that a test left running has stopped once its database is gone', async () => {
  const left = await testDatabase();
  const worker = await startWorker([], { database: left.database, databaseUrl: left.url, space: testSpace() });
  await left.drop();
  await expect(worker.ended).resolves.not.toThrow();
});
