import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { batchesOf, brief, codesOf, envelope, product, recordsOf } from './reading.ts';

const read = async (content: string | Uint8Array, options = {}) =>
  (await recordsOf(content, 'product-xml', options)).map(brief);

test('Update and PartialUpdate assign, Delete takes the offer away, a missing operation is an Update', async () => {
  const xml = envelope(
    product(1, 'A', 'G', 'Update') +
      product(2, 'B', 'G') +
      product(3, 'C', '', 'Delete') +
      '<Message><MessageID>4</MessageID><Product><SKU>D</SKU></Product></Message>' +
      product(5, 'E', 'G', 'Replace'),
  );
  expect(await read(xml)).toEqual([
    '1 assignment A G',
    '2 assignment B G',
    '3 deletion C offer',
    '4 assignment D -',
    '5 rejected E 90244',
  ]);
});

test('elements come in any order, with prefixes, comments, CDATA and foreign neighbours', async () => {
  const xml = `<?xml version="1.0"?><a:AmazonEnvelope xmlns:a="urn:x">
    <a:Message><a:Product><a:DescriptionData><a:MerchantShippingGroupName><![CDATA[A & B]]> <!-- c -->&#67;&lt;</a:MerchantShippingGroupName>
      <a:SKU>not this one</a:SKU></a:DescriptionData><a:Foreign><a:SKU>nor this</a:SKU></a:Foreign><a:SKU> X </a:SKU></a:Product>
      <a:OperationType>Update</a:OperationType><a:MessageID>7</a:MessageID></a:Message>
    <a:MessageType>Product</a:MessageType></a:AmazonEnvelope>`;
  const [record] = await recordsOf(xml, 'product-xml');
  expect(record).toMatchObject({ kind: 'assignment', messageId: '7', sku: 'X', templateName: 'A & B C<' });
});

test('a bad message is refused by itself', async () => {
  const twice = product(3, 'C', 'G').replace('<SKU>', '<SKU>B</SKU><SKU>');
  const xml = envelope(
    `${product('x', 'A', 'G')}<Message><MessageID>2</MessageID></Message>${twice}${product(4, '', 'G')}${product(5, 'y'.repeat(41), 'G')}${product(6, 'F', 'G')}`,
  );
  expect(
    (await recordsOf(xml, 'product-xml')).map((record) => [record.messageId, record.kind, ...codesOf(record)]),
  ).toEqual([
    [null, 'rejected', 'GE-15026'],
    ['2', 'rejected', 'GE-15025'],
    ['3', 'rejected', 'GE-15024'],
    ['4', 'rejected', '90220'],
    ['5', 'rejected', '90118'],
    ['6', 'assignment'],
  ]);
});

test.each(['utf-8', 'iso-8859-1', 'windows-1252', 'utf-16le', 'shift_jis'])(
  'an envelope in %s is read as it says',
  async (encoding) => {
    const name = encoding === 'shift_jis' ? '配送テンプレート' : 'Envío ü';
    const xml = envelope(product(1, 'A', name)).replace('UTF-8', encoding === 'utf-16le' ? 'utf-16' : encoding);
    expect(await read(iconv.encode(xml, encoding, { addBOM: true }))).toEqual([`1 assignment A ${name}`]);
  },
);

test('an envelope cut into any chunks and blocks, and resumed anywhere, gives the same records', async () => {
  const text = fc.string({ unit: fc.constantFrom(...'aé全😀 '), maxLength: 12 }).map((part) => part.trim());
  const messages = fc.array(
    fc.record({ sku: text.map((part) => `S${part}`.slice(0, 9).toWellFormed().trim()), name: text }),
    {
      minLength: 1,
      maxLength: 20,
    },
  );
  const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      messages,
      sizes,
      fc.integer({ min: 4, max: 2048 }),
      fc.nat(),
      fc.boolean(),
      async (all, cut, blockBytes, pick, ended) => {
        const written = envelope(all.map(({ sku, name }, i) => product(i + 1, sku, name)).join(''));
        const bytes = Buffer.from(ended ? written : written.slice(0, -5));
        const batches = await batchesOf(bytes, 'product-xml', { blockBytes }, cut);
        const records = batches.flatMap((batch) => batch.records);
        const good = all.map(({ sku, name }, i) => `${i + 1} assignment ${sku.replace('\uFFFD', '')} ${name || '-'}`);
        const end = ended ? [] : [`${all.length + 1} break GE-15011`];
        if (!all.some(({ sku }) => sku.includes('\uFFFD'))) expect(records.map(brief)).toEqual([...good, ...end]);
        const resumable = batches.filter(({ checkpoint }) => checkpoint !== null);
        const resume = resumable[pick % resumable.length]!.checkpoint!;
        const rest = records.filter(({ recordNo }) => recordNo > resume.recordNo);
        expect(await recordsOf(bytes.subarray(resume.byteOffset), 'product-xml', { blockBytes, resume }, cut)).toEqual(
          rest,
        );
        expect(await recordsOf(bytes, 'product-xml', { afterRecordNo: resume.recordNo }, cut)).toEqual(rest);
      },
    ),
    { numRuns: 200 },
  );
});
