import { lockPlacedSkus, placeSkus, SkuEntity } from '@ge/database';
import type { SellerId, SkuCode, TemplateId } from '@ge/domain';
import { eventually, skuRow, type TestDatabase, testDatabase } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const seller = 'S-1' as SellerId;
const codes = ['SKU-1', 'SKU-2', 'SKU-3'].map((code) => code as SkuCode);
let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase(4);
  await db.database.transaction((tx) =>
    tx.insert(
      SkuEntity,
      codes.map((code) => skuRow(seller, code, 'T-home')),
    ),
  );
});
afterAll(() => db.drop());

test('a SKU that somebody else moves while a slice waits for its lock is seen as it is then, and written (promise 4)', async () => {
  const { database } = db;
  let slice: Promise<readonly unknown[]> | undefined;
  await database.transaction(async (other) => {
    await other.query(`update skus set template_id = 'T-other', template_command_no = 5 where sku = 'SKU-2'`);
    slice = database.transaction(async (tx) => {
      const skus = await lockPlacedSkus(tx, seller, codes);
      const places = [...skus.values()].map(({ at }) => at);
      await placeSkus(tx, seller, 7, { places, templateIds: places.map(() => 'T-world' as TemplateId) });
      return [...skus.values()].map(({ templateId, templateCommandNo }) => [templateId, templateCommandNo]);
    });
    await eventually('the slice waits for the lock', async () => {
      const waiting = await database.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    });
  });
  expect(await slice).toEqual([
    ['T-home', 0],
    ['T-other', 5],
    ['T-home', 0],
  ]);
  const rows = await database.query(`select distinct template_id, template_command_no::int as no from skus`);
  expect(rows).toEqual([{ template_id: 'T-world', no: 7 }]);
});

test('SKUs that do not lie where they are said to lie are an error, not left out', async () => {
  const placement = { places: ['(99,1)'], templateIds: ['T-home' as TemplateId] };
  await expect(db.database.transaction((tx) => placeSkus(tx, seller, 8, placement))).rejects.toThrow(
    'do not lie where they were locked',
  );
});
