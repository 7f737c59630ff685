import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { batchesOf, brief, codesOf, fatalOf, recordsOf } from './reading.ts';

const group = (value: unknown) => [{ value, marketplace_id: 'ATVPDKIKX0DER' }];
const patch = (messageId: unknown, sku: unknown, patches: unknown) => ({
  messageId,
  sku,
  operationType: 'PATCH',
  productType: 'PRODUCT',
  patches,
});
const move = (messageId: number, sku: string, template: string) =>
  patch(messageId, sku, [{ op: 'replace', path: '/attributes/merchant_shipping_group', value: group(template) }]);
const feed = (messages: readonly unknown[], header: object = { sellerId: 'S-1', version: '2.0' }) =>
  JSON.stringify({ header, messages }, null, 1);
const read = async (content: string | Uint8Array, options = {}) =>
  (await recordsOf(content, 'listings-json', options)).map(brief);

test('PATCH, PARTIAL_UPDATE and UPDATE assign, DELETE takes the offer away, what is not named is left as it is', async () => {
  const attributes = { item_name: [{ value: 'x' }], merchant_shipping_group: group('tpl_1') };
  const messages = [
    move(1, 'A', 'tpl_1'),
    { messageId: 2, sku: 'B', operationType: 'PARTIAL_UPDATE', productType: 'PRODUCT', attributes },
    { messageId: 3, sku: 'C', operationType: 'UPDATE', productType: 'PRODUCT', attributes },
    { messageId: 4, sku: 'D', operationType: 'DELETE' },
    patch(5, 'E', [{ op: 'replace', path: '/attributes/item_name', value: [{ value: 'y' }] }]),
    { messageId: 6, sku: 'F', operationType: 'UPDATE', productType: 'PRODUCT', attributes: {} },
  ];
  expect(await read(feed(messages))).toEqual([
    '1 assignment A tpl_1',
    '2 assignment B tpl_1',
    '3 assignment C tpl_1',
    '4 deletion D offer',
    '5 assignment E -',
    '6 assignment F -',
  ]);
});

test('a bad message is refused by itself', async () => {
  const path = '/attributes/merchant_shipping_group';
  const messages = [
    move(0, 'A', 'G'),
    move(2, '', 'G'),
    patch(3, 17, []),
    { messageId: 4, sku: 'D', operationType: 'REPLACE' },
    patch(5, 'E', [{ op: 'delete', path }]),
    patch(6, 'F', [{ op: 'replace', path, value: 'G' }]),
    patch(7, 'G', [{ op: 'replace', path, value: [{ value: 'G' }, { value: 'H' }] }]),
    patch(8, 'H', undefined),
    patch(9, 'I', [
      { op: 'replace', path, value: group('G') },
      { op: 'replace', path, value: group('H') },
    ]),
    patch(10, 'J', [{ op: 'replace', path, value: [null] }]),
    patch(11, 'K', [{ op: 'replace', path, value: group('') }]),
    move(12, 'L', 'G'),
  ];
  const records = await recordsOf(feed(messages), 'listings-json');
  expect(records.map((record) => [record.recordNo, record.kind, ...codesOf(record)])).toEqual([
    [1, 'rejected', 'GE-15026'],
    [2, 'rejected', '90220'],
    [3, 'rejected', 'GE-15029'],
    [4, 'rejected', '90244'],
    [5, 'rejected', '90244'],
    [6, 'rejected', 'GE-15029'],
    [7, 'rejected', 'GE-15029'],
    [8, 'rejected', 'GE-15025'],
    [9, 'rejected', 'GE-15024'],
    [10, 'rejected', 'GE-15029'],
    [11, 'rejected', '90220'],
    [12, 'assignment'],
  ]);
});

test('a member that is given twice in a message is a finding, in the header it ends the feed', async () => {
  const twice = `{"header":{"version":"2.0"},"messages":[{"messageId":1,"sku":"A","sku":"B","operationType":"DELETE"},{"messageId":2,"sku":"C","operationType":"DELETE"}]}`;
  expect(await read(twice)).toEqual(['1 rejected B GE-15024', '2 deletion C offer']);
});

test('members come in any order, and those that are not read hold anything', async () => {
  const content = `{"extra":{"messages":[{"sku":"no"}],"header":{"version":"9"}},"messages":[{"attributes":{"messages":[{"sku":"nor this"}],
    "merchant_shipping_group":[{"value":"A \\u0026 {B}]\\"","marketplace_id":null}],"deep":{"merchant_shipping_group":[]}},
    "operationType":"UPDATE","sku":"X","messageId":7}],"header":{"version":"2.0"}} `;
  const records = await recordsOf(content, 'listings-json');
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({ kind: 'assignment', messageId: '7', sku: 'X', templateName: 'A & {B}]"' });
});

test.each([
  ['', 'GE-15002'],
  ['sku\ttemplate\n', 'GE-15001'],
  ['<AmazonEnvelope/>', 'GE-15001'],
  ['[]', 'GE-15001'],
  ['{}', 'GE-15003'],
  ['{"messages":[]}', 'GE-15003'],
  ['{"messages":{}}', 'GE-15016'],
  ['{"messages":[1]}', 'GE-15016'],
  ['{"messages":[[]]}', 'GE-15016'],
  ['{"messages":[{"sku":"A",}]}', 'GE-15016'],
  ['{"messages":[{"sku":"A"', 'GE-15017'],
  [`{"header":{"version":"1.0"},"messages":[{}]}`, 'GE-15001'],
  [`{"a":${'['.repeat(10_000)}`, 'GE-15018'],
  [`{"a":"${'x'.repeat(2 * 1024 * 1024)}"}`, 'GE-15019'],
  [`{"messages":[{"a":[${'[],'.repeat(400_000)}`, 'GE-15019'],
])('%.40s ends the feed before anything of it is applied, with %s', async (content, code) => {
  expect(await fatalOf(content, 'listings-json')).toBe(code);
});

test('where the file breaks behind whole messages these stay, and the last record says how far it was read', async () => {
  const whole = feed([move(1, 'A', 'G'), move(2, 'B', 'G')]);
  for (const [content, code] of [
    [whole.slice(0, -4), 'GE-15017'],
    [whole.replace(/\]\s*\}$/, ',7]}'), 'GE-15016'],
    [`${whole}{}`, 'GE-15016'],
  ] as const) {
    const records = await recordsOf(content, 'listings-json');
    expect(records.map(brief)).toEqual(['1 assignment A G', '2 assignment B G', `3 break ${code}`]);
    expect(records[2]!.problems[0]!.params).toMatchObject({ readUntil: 2 });
  }
});

test('UTF-8 with and without its mark and UTF-16 are read; another encoding is named', async () => {
  const content = feed([move(1, 'A', '配送 Envío')]);
  for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'])
    expect(await read(iconv.encode(content, encoding, { addBOM: true }))).toEqual(['1 assignment A 配送 Envío']);
  expect(await read(content)).toEqual(['1 assignment A 配送 Envío']);
  expect(await fatalOf(content, 'listings-json', { charset: 'shift_jis' })).toBe('GE-15005');
});

const text = fc.string({ unit: fc.constantFrom('a', '}', '{', ']', '"', '\\', '文', '😀', ' ', ','), maxLength: 12 });
const message = fc.record({
  sku: fc.string({ unit: fc.constantFrom('A', 'b', '-', '}', '文'), minLength: 1, maxLength: 8 }),
  template: text.filter((name) => name !== ''),
  other: fc.jsonValue({ maxDepth: 3 }),
});

test('whatever the messages hold and however the bytes are cut, reading on from any batch gives the same records', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { minLength: 1, maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 16, max: 400 }),
      async (messages, sizes, blockBytes) => {
        const content = Buffer.from(
          feed(messages.map(({ sku, template, other }, no) => ({ other, ...move(no + 1, sku, template) }))),
        );
        const batches = await batchesOf(content, 'listings-json', { blockBytes }, sizes);
        const all = batches.flatMap(({ records }) => records.map(brief));
        expect(all).toEqual(messages.map(({ sku, template }, no) => `${no + 1} assignment ${sku} ${template}`));
        let seen = 0;
        for (const { records, checkpoint } of batches) {
          seen += records.length;
          const rest = content.subarray(checkpoint!.byteOffset);
          const again = await recordsOf(rest, 'listings-json', { resume: checkpoint!, blockBytes });
          expect(again.map(brief)).toEqual(all.slice(seen));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('broken UTF-8 in a value is refused in its message, and the place to go on from is still the right one', async () => {
  const content = Buffer.from(feed([move(1, 'A', 'xx'), move(2, 'B', 'G'), move(3, 'C', 'G')]));
  content.fill(0xe6, content.indexOf('xx'), content.indexOf('xx') + 1);
  const batches = await batchesOf(content, 'listings-json', { blockBytes: 64 });
  expect(batches.flatMap(({ records }) => records.map((one) => [one.recordNo, one.kind, ...codesOf(one)]))).toEqual([
    [1, 'rejected', 'GE-15020'],
    [2, 'assignment'],
    [3, 'assignment'],
  ]);
  const { checkpoint } = batches[0]!;
  const rest = await recordsOf(content.subarray(checkpoint!.byteOffset), 'listings-json', { resume: checkpoint! });
  expect(rest.map(brief)).toEqual(['2 assignment B G', '3 assignment C G']);
});
