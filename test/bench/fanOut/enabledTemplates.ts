import { SellerAddressEntity, SellerEntity, ShippingTemplateEntity, SkuEntity } from '@ge/database';
import { type AddressId, currentFeeSchedule, type ExportData, prefillFees, type SellerId } from '@ge/domain';
import { enabledTemplateRow, sellerRow, skuRow, type TestDatabase, testDatabase } from '@ge/testkit';

export const sellerOf = (no: number): string => `S-${no}`;
/** A SKU of the first seller, in a template that is enabled. */
export const soldSku = 'SHIRT';

const shipFrom = {
  name: 'Warehouse',
  line1: '1 Pine Street',
  city: 'Seattle',
  state: 'WA',
  postalCode: '98101',
  country: 'US',
  phone: '+1 206 555 0100',
};

const shirt: ExportData = {
  category: 'apparel',
  hsCode: '6205200000',
  originCountry: 'VN',
  weightGrams: 400,
  value: { minor: 25_99, currency: 'USD' },
};

/** What differs from template to template. Ids sort by age as real ones do, so that a seller's lie together. */
const own: Readonly<Record<string, string>> = {
  id: `'tpl_' || lpad(no::text, 26, '0')`,
  seller_id: '$1',
  name: `'Global Express ' || no`,
};

/**
 * A database of so many sellers with `each` GE-enabled templates, with the columns that enabling fills in filled in. Every
 * row was changed once: they lie as those of a table in use, with room for what either side writes.
 */
export async function enabledTemplates(sellers: number, each: number): Promise<TestDatabase> {
  const db = await testDatabase(2);
  const { database } = db;
  const first = sellerOf(0) as SellerId;
  const addressId = 'adr_1' as AddressId;
  await database.transaction(async (tx) => {
    await tx.insert(
      SellerEntity,
      Array.from({ length: sellers }, (_, no) =>
        sellerRow(sellerOf(no), { generalAddressId: addressId, commandNo: 1 }),
      ),
    );
    await tx.insert(SellerAddressEntity, [
      { id: addressId, sellerId: first, address: shipFrom, createdAt: new Date() },
    ]);
    await tx.insert(ShippingTemplateEntity, [
      enabledTemplateRow(first, 'pattern', 1, {
        shipFrom: [addressId],
        internationalFees: prefillFees(currentFeeSchedule(new Date()).version),
      }),
    ]);
  });
  const columns = await database.query<{ name: string }>(
    `select column_name as name from information_schema.columns
      where table_schema = 'public' and table_name = 'shipping_templates'`,
  );
  const names = columns.map(({ name }) => name);
  for (let no = 0; no < sellers; no += 1)
    await database.query(
      `insert into shipping_templates (${names.join(', ')})
       select ${names.map((name) => own[name] ?? `pattern.${name}`).join(', ')}
         from generate_series($2::int, $3::int) as no, shipping_templates pattern where pattern.id = 'pattern'`,
      [sellerOf(no), no * each, (no + 1) * each - 1],
    );
  await database.query(`delete from shipping_templates where id = 'pattern'`);
  for (let no = 0; no < sellers; no += 1)
    await database.query('update shipping_templates set region_automation = true where seller_id = $1', [sellerOf(no)]);
  const [sold] = await database.query<{ id: string }>(
    'select id from shipping_templates where seller_id = $1 limit 1',
    [first],
  );
  await database.transaction((tx) => tx.insert(SkuEntity, [skuRow(first, soldSku, sold!.id, { exportData: shirt })]));
  return db;
}
