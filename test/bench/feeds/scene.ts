import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SellerEntity, ShippingTemplateEntity } from '@ge/database';
import { enabledTemplateRow, sellerRow, type TestDatabase, templateRow, testDatabase } from '@ge/testkit';

export const seller = 'S-BULK';
const templates = 20;
/** Every so many rows name a SKU that the seller does not have. */
const unknownEvery = 1_000;

/** A database with one seller, some templates (half of them GE-enabled) and a SKU for each row, spread over the templates. */
export async function sellerWithSkus(rows: number): Promise<TestDatabase> {
  const db = await testDatabase(2);
  await db.database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow(seller)]);
    await tx.insert(
      ShippingTemplateEntity,
      Array.from({ length: templates }, (_, no) => {
        const made = no % 2 === 0 ? templateRow(seller, `tpl_${no}`) : enabledTemplateRow(seller, `tpl_${no}`, 1);
        return { ...made, name: `Template ${no}`, isDefault: no === 0 };
      }),
    );
  });
  await db.database.query(
    `insert into skus (seller_id, sku, template_id, title, verdict)
     select $1, 'SKU-' || no, 'tpl_' || no % $3::int, 'Product ' || no, 'eligible' from generate_series(0, $2::int - 1) as no`,
    [seller, rows, templates],
  );
  await db.database.query('vacuum analyze skus');
  return db;
}

/**
 * Writes an Inventory Loader file that moves each SKU once to another template, in an order that is not that of any index;
 * one row in a thousand names a SKU that is not there. None leaves or joins export: a warning is more than the peer would give.
 */
export async function writeFeedFile(file: string, rows: number): Promise<void> {
  const step = stepThrough(rows);
  const lines = function* () {
    yield 'sku\tmerchant_shipping_group_name\n';
    for (let no = 0, at = 0; no < rows; no += 1, at = (at + step) % rows)
      yield `${no % unknownEvery === 0 ? 'NONE' : 'SKU'}-${at}\tTemplate ${(at + 2 + (no % 2) * 2) % templates}\n`;
  };
  await pipeline(Readable.from(inPieces(lines())), createWriteStream(file));
}

/** What has to come of it, as the two sides tell it. */
export interface FeedOutcomes {
  readonly applied: number;
  readonly rejected: number;
  /** Outcome rows that name the template a SKU had before. */
  readonly former: number;
  /** SKUs that stand where the file puts them. */
  readonly moved: number;
}

export const expectedOf = (rows: number): FeedOutcomes => {
  const rejected = Math.ceil(rows / unknownEvery);
  const applied = rows - rejected;
  return { applied, rejected, former: applied, moved: applied };
};

/** A step that visits every one of them once: odd and no multiple of five, as the numbers of rows are powers of ten or twice that. */
const stepThrough = (rows: number): number => Math.floor((rows * 0.618) / 10) * 10 + 7;

function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
