import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { brief, codesOf, recordsOf } from './reading.ts';

const read = async (content: string | Uint8Array, options = {}) =>
  (await recordsOf(content, 'inventory-loader', options)).filter(({ kind }) => kind !== 'file').map(brief);

test('one, two or three header rows lead to the same records', async () => {
  const rows = 'A\tGlobal\nB\tHome\n';
  const expected = ['1 assignment A Global', '2 assignment B Home'];
  const names = 'sku\tmerchant_shipping_group_name\n';
  const marker = 'TemplateType=InventoryLoader\tVersion=2014.0415\tThis row is for the program only.\n';
  expect(await read(names + rows)).toEqual(expected);
  expect(await read(marker + names + rows)).toEqual(expected);
  expect(await read(`${marker}SKU\tMerchant Shipping Group Name\n${names}${rows}`)).toEqual(expected);
  expect(await read(`${marker}Seller SKU\tShipping-Template\n${names}${rows}`)).toEqual(expected);
});

test('column names fold case, hyphens, underscores and blanks, in any order', async () => {
  expect(await read('Merchant-Shipping_GROUP name\tADD_DELETE\tSku\nGlobal\ta\tA\n')).toEqual([
    '1 assignment A Global',
  ]);
});

test('unknown columns are ignored with a warning each, known ones that change nothing with one together', async () => {
  const [file] = await recordsOf(
    'sku\tmine\tprice\tquantity\tyours\tmerchant_shipping_group_name\nA\t\t1\t2\t\tG',
    'inventory-loader',
  );
  expect(file).toMatchObject({ kind: 'file', recordNo: 0 });
  expect(file?.problems.map(({ code, params }) => [code, ...Object.values(params)])).toEqual([
    ['90061', 'mine'],
    ['90061', 'yours'],
    ['GE-15015', 'price, quantity'],
  ]);
});

test('add-delete says assign, delete the offer or delete the product; anything else is refused', async () => {
  const table = 'sku\tadd-delete\tmerchant_shipping_group_name\nA\ta\tG\nB\t\tG\nC\td\t\nD\tX\tG\nE\tq\tG\n';
  expect(await read(table)).toEqual([
    '1 assignment A G',
    '2 assignment B G',
    '3 deletion C offer',
    '4 deletion D product',
    '5 rejected E 90244',
  ]);
});

test('an empty template name leaves the template as it is', async () => {
  expect(await read('sku\tmerchant_shipping_group_name\nA\t\nB\n')).toEqual(['1 assignment A -', '2 assignment B -']);
});

test('a bad row is refused by itself', async () => {
  const long = 'x'.repeat(41);
  const table = `sku\tmerchant_shipping_group_name\nA\tG\n\tG\n${long}\tG\n${'é'.repeat(20)}\tG\n${'é'.repeat(21)}\tG\nB\t${'n'.repeat(501)}\nC\tG\tsurplus\nD\u0001\tG\nE\tG\n`;
  const found = await recordsOf(table, 'inventory-loader');
  expect(found.map((record) => [record.kind, ...codesOf(record)].join(' '))).toEqual([
    'assignment',
    'rejected 90220',
    'rejected 90118',
    'assignment',
    'rejected 90118',
    'rejected 90118',
    'rejected GE-15022',
    'rejected GE-15021',
    'assignment',
  ]);
});

test('blank rows are no records but keep their number, so that a number points at its row', async () => {
  expect(await read('sku\tmerchant_shipping_group_name\nA\tG\n\n\t\t\nB\tG\n\t\n\t\n')).toEqual([
    '1 assignment A G',
    '4 assignment B G',
  ]);
});

test('LF, CR and CR LF end rows, also mixed in one file', async () => {
  expect(await read('sku\tmerchant_shipping_group_name\rA\tG\r\nB\tG\nC\tG\rD\tG')).toEqual(
    ['A', 'B', 'C', 'D'].map((sku, i) => `${i + 1} assignment ${sku} G`),
  );
});

test('quoted cells may hold tabs, line breaks and doubled quotation marks', async () => {
  const table = 'sku\titem-note\tmerchant_shipping_group_name\n"A"\t"two\nlines"\t"say ""hi"""\nB\t"a\ttab"\tG\n';
  expect(await read(table)).toEqual(['1 assignment A say "hi"', '2 assignment B G']);
});

test('a stray quotation mark is text and costs no row beside it', async () => {
  const table =
    'sku\titem-note\tmerchant_shipping_group_name\nA\t15" wide\tG\nB\t"5 inch\tG\nC\t7"\tG\nD\tx\t"Big" sale\nE\tx\t"open\nF\tx\tG\n';
  expect(await read(table)).toEqual([
    '1 assignment A G',
    '2 assignment B G',
    '3 assignment C G',
    '4 assignment D "Big" sale GE-15023',
    '5 assignment E "open GE-15023',
    '6 assignment F G',
  ]);
});

test.each(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'shift_jis'])(
  'text in %s is read as what it says',
  async (encoding) => {
    const name =
      encoding === 'windows-1252' ? 'Envío rápido “à”' : encoding === 'shift_jis' ? 'グローバル配送' : '全球速递 ünï';
    const text = `sku\tmerchant_shipping_group_name\r\nA\t${name}\r\n`;
    const expected = [`1 assignment A ${name}`];
    const marked = iconv.encode(text, encoding, { addBOM: true });
    expect(await read(marked, { charset: encoding })).toEqual(expected);
    expect(await read(marked)).toEqual(expected);
  },
);

test('ISO-8859-1 is read as Windows-1252, which programs that declare it really write', async () => {
  const bytes = iconv.encode('sku\tmerchant_shipping_group_name\nA\tit’s\n', 'windows-1252');
  expect(await read(bytes, { charset: 'ISO-8859-1' })).toEqual(['1 assignment A it’s']);
});

test('broken bytes spoil their own row only', async () => {
  const good = 'é全球'.repeat(3);
  const bytes = Buffer.concat([
    Buffer.from(`sku\tmerchant_shipping_group_name\nA\t${good}\nB\t`),
    Buffer.from([0xff, 0xfe]),
    Buffer.from(`\nC\t${good}\n`),
  ]);
  expect(await read(bytes)).toEqual([`1 assignment A ${good}`, '2 rejected B GE-15020', `3 assignment C ${good}`]);
});
