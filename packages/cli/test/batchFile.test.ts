import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { readBatchFile } from '../src/label/batchFile.ts';

const folder = mkdtempSync(join(tmpdir(), 'ge-batch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (content: string | Buffer, name = 'parcels.csv') => {
  const path = join(folder, name);
  writeFileSync(path, content);
  onTestFinished(() => rmSync(path, { force: true }));
  return readBatchFile(path);
};

const parcel = { weightGrams: 900, lengthMm: 300, widthMm: 200, heightMm: 120.5 };
const contents = [
  { lineId: 'L1', quantity: 2 },
  { lineId: 'a:b', quantity: 1 },
];
const head = 'order-id,parcel-no,weight-grams,length-mm,width-mm,height-mm,contents,choose,itn,offer-token';

test('a table has a parcel in each row; case, blanks and signs of its columns do not matter, nor what parts them', async () => {
  for (const sign of [',', '\t', ';']) {
    const heads = head.replaceAll(',', sign).replace('order-id', 'Order ID').replace('weight-grams', 'WEIGHT_GRAMS');
    const rows = [
      ['1-1', '2', '900', '300', '200', '120.5', '"L1:2 a:b:1"', 'protected', '', ''],
      ['1-2', '', '', '', '', '', '', '', 'X20261122000001', 'quo_1.1'],
    ];
    const text = `\uFEFF${[heads, '', ...rows.map((row) => row.join(sign))].join('\r\n')}\r\n`;
    const { body, lines } = await read(text);
    expect(body).toEqual({
      items: [
        { orderId: '1-1', parcelNo: 2, parcel: { ...parcel, contents }, choose: 'protected' },
        { orderId: '1-2', itn: 'X20261122000001', offerToken: 'quo_1.1' },
      ],
    });
    expect(lines).toEqual([3, 4]);
  }
});

test('JSON is a body as the API takes it, or its items alone; what is wrong with a parcel is not judged here', async () => {
  const items = [{ orderId: 7, colour: 'red' }];
  expect((await read(JSON.stringify({ items, format: 'PNG' }))).body).toEqual({ items, format: 'PNG' });
  expect(await read(`\n ${JSON.stringify(items)}`, 'b.json')).toMatchObject({ body: { items }, lines: null });
});

test.each([
  ['', 'parcels.csv is empty.'],
  [' \n', 'parcels.csv is empty.'],
  [head, 'parcels.csv holds no parcel.'],
  ['[]', 'parcels.csv holds no parcel.'],
  ['{"format":"PDF"}', 'parcels.csv has no items: a batch is {"items": [ … ]}, or the items alone.'],
  ['{"items": [\n  {]}', /^parcels\.csv is no JSON: .*\.$/],
  [Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe]), /^parcels\.csv is no text in UTF-8/],
  ['order-id,colour\n1,red', /^parcels\.csv has a column “colour”; those of a batch are order-id, /],
  ['order-id,Order ID\n1,1', 'parcels.csv has the column order-id twice.'],
  ['weight-grams\n1', /^parcels\.csv has no column order-id/],
  [`${head}\n1,,,,,,,,`, 'parcels.csv, line 2: weight-grams is missing.'],
  [`${head}\n,,,,,,,,,q`, 'parcels.csv, line 2: order-id is missing.'],
  [`${head}\n1,,1e3,1,1,1,L1:1,,,`, 'parcels.csv, line 2: weight-grams takes a number, not “1e3”.'],
  [`${head}\n1,,1,1,1,1,L1,,,`, /^parcels\.csv, line 2: contents takes lines of the order/],
  [`${head}\n1,,1,,,,,,,q`, 'parcels.csv, line 2: the parcel is that of its offer-token, so weight-grams stays empty.'],
  [`${head}\n1,,,,,,,,,q,more`, 'parcels.csv, line 2: there are more cells than columns.'],
  [`${head}\n\n1\n\n2\n`, 'parcels.csv, line 3: weight-grams is missing; lines that say no parcel: 2.'],
  [`${head}\n"1,,1`, /^parcels\.csv, line \d: .*\.$/],
  ['order-id,"co\nlour"\n1,2', /has a column “co lour”;/],
  [JSON.stringify(Array(10_001).fill({})), /holds 10,001 parcels, and a batch takes 10,000 at most: split it\.$/],
])('what is no batch is answered in a line: %#', async (content, said) => {
  await expect(read(content)).rejects.toThrow(said);
  await expect(read(content)).rejects.toMatchObject({
    name: 'UserMistake',
    message: expect.not.stringContaining('\n'),
  });
});

test('there has to be a file', async () => {
  await expect(readBatchFile(join(folder, 'none.csv'))).rejects.toThrow('There is no file none.csv.');
  await expect(readBatchFile(folder)).rejects.toThrow('is no file.');
});

test('whatever bytes it is given, it answers with parcels or with one line', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
        fc.string().map((rows) => `${head}\n${rows}`),
      ),
      async (content) => {
        const outcome = await read(content).catch((error: Error) => error);
        if (outcome instanceof Error)
          expect(outcome).toMatchObject({ name: 'UserMistake', message: expect.not.stringContaining('\n') });
        else expect(outcome.body.items.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 60 },
  );
});
