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
