import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { codesOf, recordsOf } from './reading.ts';

const folder = join(import.meta.dirname, 'fixtures');

/** What the tables of `fixtures/make-tables.py`, and the numbers in formats of its neighbours, say, by the first part of the file's name. */
const tables: Readonly<Record<string, readonly string[]>> = {
  plain: [
    '1 MUG-1 assignment Global Express',
    '2 12345 assignment Größe "XL" – Europa',
    '3 00123 assignment Versand, günstig',
    '5 MUG-4 deletion',
    '6 MUG-5 assignment padded',
    '7 MUG-6 assignment Global Express',
  ],
  'three-headers': ['1 TEE-1 assignment Global Express', '2 TEE-2 assignment Home'],
  zeros: [
    '1 00123 assignment 00123',
    '2 000000000007 assignment 000000000007',
    '3 1234567 assignment 1234567',
    '4 42 assignment 42',
    '5 1234 assignment in thousands',
    '6 5 assignment 5',
    '7 00042 assignment 00042',
  ],
  japanese: ['1 茶-1 assignment 世界配送', '2 茶-2 assignment ｶﾀｶﾅ配送～'],
};

const written = readdirSync(folder).filter((name) => Object.hasOwn(tables, name.split('.', 1)[0]!));

test.each(written)('what other programs wrote is read as they meant it: %s', async (name) => {
  const records = await recordsOf(readFileSync(join(folder, name)), 'inventory-loader');
  expect(
    records
      .filter(({ recordNo }) => recordNo > 0)
      .map((record) => {
        const template = record.kind === 'assignment' ? ` ${record.templateName}` : '';
        return [`${record.recordNo} ${record.sku} ${record.kind}${template}`, ...codesOf(record)].join(' ');
      }),
  ).toEqual(tables[name.split('.', 1)[0]!]);
});

test.each([
  ['l’école\td’Évreux\tGröße', 'windows-1252'],
  ['Coleções\tAçúcar “à”', 'windows-1252'],
  ['“Élan”\tcafé crème – 5 €', 'windows-1252'],
  ['商品\t世界配送', 'shift_jis'],
  ['茶\t宅配便（東京）', 'shift_jis'],
  ['ｶﾀｶﾅ\tカナ', 'shift_jis'],
])('a text that says no encoding is told apart by how it reads: %s', async (words, encoding) => {
  const text = `sku\tmerchant-shipping-group-name\tnote\n${words}\n`;
  const records = await recordsOf(iconv.encode(text, encoding), 'inventory-loader');
  const row = records.find(({ recordNo }) => recordNo === 1)!;
  expect([row.sku, row.kind === 'assignment' && row.templateName]).toEqual(words.split('\t').slice(0, 2));
});
