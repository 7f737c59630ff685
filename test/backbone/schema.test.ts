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

test('every query of the hot paths has its index', async () => {
  const rows = await db.database.query<{ indexname: string }>(
    `select indexname from pg_indexes where schemaname = 'public'`,
  );
  const names = rows.map((row) => row.indexname);
  for (const name of [
    'messages_ready',
    'messages_due',
    'shipping_templates_enabled',
    'shipping_templates_seller',
    'skus_template',
    'feed_rows_sku',
    'label_purchases_one_active',
    'invitations_one_open',
    'orders_open_by_destination',
  ]) {
    expect(names).toContain(name);
  }
});
