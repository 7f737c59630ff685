import { SkuEntity } from '@ge/database';
import type { ExportData } from '@ge/domain';
import { eventually, skuRow, startService, type TestDatabase, testDatabase, testSpace } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
});

afterAll(() => db.drop());

const shirt: ExportData = {
  category: 'apparel',
  hsCode: '6205.20',
  originCountry: 'VN',
  weightGrams: 250,
  value: { minor: 25_99, currency: 'USD' },
};

/** Packed with its device, more than half charged: allowed until 2025, no longer from 2026 on. */
const charged: ExportData = {
  ...shirt,
  category: 'electronics',
  hsCode: '8517.13',
  dangerousGoods: {
    unNumber: 'UN3481',
    lithium: {
      chemistry: 'lithium_ion',
      packing: 'with_equipment',
      form: 'battery',
      count: 1,
      wattHours: 15,
      netWeightGrams: 60,
      stateOfChargePercent: 60,
    },
  },
};

test('verdicts follow the screening tables: whatever was screened by other ones is screened anew, once (R5)', async () => {
  const many = Array.from({ length: 1_100 }, (_, index) => `A-${index}`);
  await db.database.transaction((tx) =>
    tx.insert(SkuEntity, [
      ...many.map((sku) => skuRow('S-1', sku, 'T-1', { exportData: charged })),
      skuRow('S-1', 'WRONGLY-BANNED', 'T-1', {
        exportData: shirt,
        verdict: 'restricted',
        verdictRule: 'EL-R99',
        templateCommandNo: 7,
      }),
      skuRow('S-1', 'NO-DATA', 'T-1', { verdict: 'incomplete', verdictRule: 'EL-M00' }),
      skuRow('S-2', 'Z', 'T-2', { exportData: charged }),
    ]),
  );
  const relay = await startService('relay', { databaseUrl: db.url, space: testSpace() });
  try {
    const verdicts = () =>
      db.database.query<{ verdict: string; rule: string | null; count: number }>(
        'select verdict, verdict_rule as rule, count(*)::int as count from skus group by 1, 2 order by 1, 2',
      );
    await eventually(
      'the last one',
      async () => (await db.database.query(`select 1 from programme where screened_by <> ''`)).length === 1,
    );
    expect(await verdicts()).toEqual([
      { verdict: 'eligible', rule: null, count: 1 },
      { verdict: 'incomplete', rule: 'EL-M00', count: 1 },
      { verdict: 'restricted', rule: 'EL-L06', count: many.length + 1 },
    ]);
    const [kept] = await db.database.transaction((tx) => tx.select(SkuEntity, `where t.sku = 'WRONGLY-BANNED'`));
    expect(kept).toMatchObject({ templateCommandNo: 7, exportData: shirt });
  } finally {
    await relay.stop();
  }
});
