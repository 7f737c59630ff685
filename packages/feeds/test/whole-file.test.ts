import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { FeedFatal, type FeedFormat, readFeed } from '../src/index.ts';
import { type Content, chunks, codesOf, collect, envelope, fatalOf, product, recordsOf } from './reading.ts';

const loader = 'sku\tmerchant_shipping_group_name\nA\tG\n';
const message = product(1, 'A', 'G');

const fatal: readonly (readonly [string, Content, FeedFormat, string])[] = [
  ['an empty file', '', 'inventory-loader', 'GE-15002'],
  ['an empty XML file', '', 'product-xml', 'GE-15002'],
  ['blank lines only', '\n\n\t\n', 'inventory-loader', 'GE-15002'],
  ['a header only', 'sku\tmerchant_shipping_group_name\n', 'inventory-loader', 'GE-15003'],
  ['an envelope without messages', envelope(''), 'product-xml', 'GE-15003'],
  ['a table without the SKU column', 'price\tmerchant_shipping_group_name\n1\tG\n', 'inventory-loader', '90012'],
  ['a table that could change nothing', 'sku\tprice\nA\t1\n', 'inventory-loader', '90012'],
  ['a confirmation without ship-date', 'order-id\tquantity\n1\t1\n', 'shipping-confirmation', '90012'],
  ['a table without its header row', 'A\tG\nB\tG\n', 'inventory-loader', '90009'],
  ['a template without its name row', 'TemplateType=InventoryLoader\tVersion=2014.0415\n', 'inventory-loader', '90009'],
  ['a column given twice', 'sku\tSKU\tadd-delete\nA\tA\ta\n', 'inventory-loader', 'GE-15004'],
  ['another template', 'TemplateType=Offer\tVersion=1\nsku\tadd-delete\nA\ta\n', 'inventory-loader', 'GE-15008'],
  ['a confirmation sent as Inventory Loader', 'order-id\tship-date\n1\t2025-01-01\n', 'inventory-loader', 'GE-15001'],
  ['XML sent as a table', envelope(message), 'inventory-loader', 'GE-15001'],
  ['a table sent as XML', loader, 'product-xml', 'GE-15001'],
  ['JSON sent as a table', '{"header":{}}', 'inventory-loader', 'GE-15001'],
  ['JSON sent as XML', ' [1]', 'product-xml', 'GE-15001'],
  ['commas instead of tabs', 'sku,merchant_shipping_group_name\nA,G\n', 'inventory-loader', 'GE-15001'],
  ['gzip', gzipSync(loader), 'inventory-loader', 'GE-15001'],
  ['a workbook sent as a confirmation', Buffer.from('PK\u0003\u0004rest'), 'shipping-confirmation', 'GE-15001'],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'inventory-loader', 'GE-15036'],
  ['an old workbook sent as XML', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'product-xml', 'GE-15001'],
  ['a table with NUL bytes', `${loader}B\0\tG\n`, 'inventory-loader', 'GE-15001'],
  ['a web page', '<!DOCTYPE html><html></html>', 'product-xml', 'GE-15001'],
  ['another envelope', envelope('<Message/>', 'Price'), 'product-xml', 'GE-15001'],
  ['another root', '<Products/>', 'product-xml', 'GE-15001'],
  ['a DOCTYPE', `<!DOCTYPE a SYSTEM "file:///etc/passwd">${envelope(message).slice(39)}`, 'product-xml', 'GE-15006'],
  ['an entity bomb', `<!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>${message}`, 'product-xml', 'GE-15006'],
  ['an unknown entity', envelope(message.replace('>G<', '>&xxe;<')), 'product-xml', 'GE-15010'],
  ['PurgeAndReplace', envelope(`<PurgeAndReplace>true</PurgeAndReplace>${message}`), 'product-xml', 'GE-15007'],
  ['XML cut off in its first message', envelope(message).slice(0, 180), 'product-xml', 'GE-15011'],
];

test.each(fatal)('%s is FATAL before any record', async (_, content, format, code) => {
  expect(await fatalOf(content, format)).toBe(code);
});

test('a FATAL answer carries its remedy in both languages', async () => {
  const error = await collect(readFeed(chunks(Buffer.from('{}')), 'inventory-loader')).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(FeedFatal);
  expect(error.message).toContain('JSON');
  expect(error.describe('en-US').remedy).toContain('feed type');
  expect(error.describe('zh-CN').message).toContain('JSON');
});

test('an encoding nobody reads is FATAL, whether declared outside or in the XML', async () => {
  expect(await fatalOf(loader, 'inventory-loader', { charset: 'ebcdic' })).toBe('GE-15005');
  expect(await fatalOf(envelope(message).replace('UTF-8', 'ebcdic'), 'product-xml')).toBe('GE-15005');
});

test('XML that breaks after some messages keeps them and ends with one break record', async () => {
  const whole = envelope(product(1, 'A', 'G') + product(2, 'B', 'G') + product(3, 'C', 'G'));
  const cut = await recordsOf(whole.slice(0, whole.indexOf('<SKU>C')), 'product-xml');
  expect(cut.map(({ kind }) => kind)).toEqual(['assignment', 'assignment', 'break']);
  expect(cut.at(-1)).toMatchObject({ recordNo: 3, problems: [{ code: 'GE-15011', params: { readUntil: 2 } }] });
  const broken = await recordsOf(whole.replace('<SKU>C</SKU>', '<SKU>C'), 'product-xml');
  expect(broken.map(({ kind }) => kind)).toEqual(['assignment', 'assignment', 'break']);
  expect(codesOf(broken.at(-1))).toEqual(['GE-15010']);
});

test('a file over a limit keeps what is below it', async () => {
  const rows = Array.from({ length: 10 }, (_, i) => `S${i}\tG\n`).join('');
  const many = await recordsOf(`sku\tmerchant_shipping_group_name\n${rows}`, 'inventory-loader', {
    limits: { rows: 4 },
  });
  expect(many.map(({ kind }) => kind)).toEqual([...Array(4).fill('assignment'), 'break']);
  expect(many.at(-1)).toMatchObject({ recordNo: 5, problems: [{ code: '41002' }] });
  const large = await recordsOf(`sku\tmerchant_shipping_group_name\n${rows}`, 'inventory-loader', {
    limits: { fileBytes: 50 },
  });
  expect(large.map(({ kind }) => kind)).toEqual([...Array(3).fill('assignment'), 'break']);
  expect(codesOf(large.at(-1))).toEqual(['41001']);
  const xml = await recordsOf(envelope(product(1, 'A', 'G') + product(2, 'B', 'G')), 'product-xml', {
    limits: { rows: 1 },
  });
  expect(xml.map(codesOf)).toEqual([[], ['41002']]);
});

test('a row limit that is met exactly breaks nothing, blank rows after it included', async () => {
  const records = await recordsOf('sku\tadd-delete\nA\ta\nB\ta\n\t\n\n', 'inventory-loader', { limits: { rows: 2 } });
  expect(records.map(({ kind }) => kind)).toEqual(['assignment', 'assignment']);
});

test('trouble of the source itself is passed on', async () => {
  async function* failing() {
    yield Buffer.from(loader);
    throw new Error('connection lost');
  }
  await expect(collect(readFeed(failing(), 'inventory-loader'))).rejects.toThrow('connection lost');
});

test('whoever stops reading lets go of the source', async () => {
  let released = false;
  async function* endless() {
    try {
      yield Buffer.from('sku\tadd-delete\n');
      for (;;) yield Buffer.from('A\ta\n'.repeat(10_000));
    } finally {
      released = true;
    }
  }
  for await (const records of readFeed(endless(), 'inventory-loader')) if (records.length > 0) break;
  expect(released).toBe(true);
});
