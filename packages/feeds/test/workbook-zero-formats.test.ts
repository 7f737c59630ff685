import { expect, test } from 'vitest';
import type { FeedCheckpoint } from '../src/index.ts';
import { batchesOf, brief, fatalOf, recordsOf } from './reading.ts';
import { bookEntries, bookOf, loaderBook, loaderNames, sheetXml, stylesXml, textRow } from './workbook-file.ts';
import { zipFile } from './zip-file.ts';

const skusOf = async (book: Buffer): Promise<string[]> =>
  (await recordsOf(book, 'inventory-loader')).map(({ sku }) => sku);

const cell = (number: string, format: number | string): string => `<row><c s="${format}"><v>${number}</v></c></row>`;

test.each([
  ['00000', '123', '00123'],
  ['00000', '0', '00000'],
  ['00000', '1.23E2', '00123'],
  ['00000', '123.0', '00123'],
  ['00000', '123456', '123456'],
  ['0000000000000000', '123456789012345', '0123456789012345'],
  ['0'.repeat(40), '7', '7'.padStart(40, '0')],
])('a number in the format %s is read with its zeros: %s is %s', async (code, number, shown) => {
  expect(await skusOf(loaderBook(cell(number, 1), null, stylesXml(['General', code])))).toEqual([shown]);
});

test.each([
  ['00000', '-123', '-123'],
  ['00000', '12.5', '12.5'],
  ['00000', '#N/A', '#N/A'],
  ['0', '7', '7'],
  ['0.00', '7', '7'],
  ['00.0', '7', '7'],
  ['#,##0', '1234', '1234'],
  ['000-000', '1234', '1234'],
  ['00000;-00000', '7', '7'],
  ['"A"000', '7', '7'],
  [' 000', '7', '7'],
  ['0'.repeat(256), '7', '7'],
  ['@', '7', '7'],
  ['General', '7', '7'],
])(
  'a number in the format %s, or one that is not whole or below 0, is read as it is: %s',
  async (code, number, sku) => {
    expect(await skusOf(loaderBook(cell(number, 0), null, stylesXml([code])))).toEqual([sku]);
  },
);

test.each(['t="str"><v>7</v>', 't="inlineStr"><is><t>7</t></is>', 't="d"><v>7</v>'])(
  'what is no number has no zeros: %s',
  async (inside) => {
    expect(await skusOf(loaderBook(`<row><c s="0" ${inside}</c></row>`, null, stylesXml(['000'])))).toEqual(['7']);
  },
);

test.each(['2', '-1', '0.5', 'x', '99999999999'])('a format that is not there changes nothing: %s', async (no) => {
  expect(await skusOf(loaderBook(cell('7', no), null, stylesXml(['000', '000'])))).toEqual(['7']);
});

test('a cell that names no format has the first one', async () => {
  expect(await skusOf(loaderBook('<row><c><v>7</v></c></row>', null, stylesXml(['000', '00'])))).toEqual(['007']);
});

test('only the formats of cells count, wherever their codes stand', async () => {
  const code = (id: number, zeros: string) => `<numFmt numFmtId="${id}" formatCode="${zeros}"/>`;
  const styles = `<styleSheet><cellXfs><xf numFmtId="200"/><xf numFmtId="201"/><xf/></cellXfs><cellStyleXfs><xf numFmtId="200"/></cellStyleXfs><dxfs><dxf>${code(201, '000')}</dxf></dxfs><numFmts>${code(200, '00')}</numFmts></styleSheet>`;
  const rows = cell('7', 0) + cell('7', 1) + cell('7', 2);
  expect(await skusOf(loaderBook(rows, null, styles))).toEqual(['07', '7', '7']);
});

test('a workbook that names a part of formats and has none is read without', async () => {
  const sheet = { name: 'A', xml: sheetXml(loaderNames + cell('7', 0)) };
  const { 'xl/styles.xml': _, ...entries } = bookEntries([sheet], null, undefined, stylesXml(['000']));
  expect(await skusOf(zipFile(entries))).toEqual(['7']);
});

test.each([
  [
    'more formats than any program writes',
    `<styleSheet><cellXfs>${'<xf/>'.repeat(65_537)}</cellXfs></styleSheet>`,
    'GE-15038',
  ],
  [
    'more codes than any program writes',
    `<styleSheet><numFmts>${Array.from({ length: 65_537 }, (_, i) => `<numFmt numFmtId="${i}" formatCode="00"/>`).join('')}</numFmts></styleSheet>`,
    'GE-15038',
  ],
  ['a DOCTYPE', `<!DOCTYPE styleSheet>${stylesXml(['000'])}`, 'GE-15006'],
  ['a part cut off', stylesXml(['000']).slice(0, -5), 'GE-15037'],
] as const)('formats with %s are refused with their code', async (_, styles, code) => {
  const book = bookOf([{ name: 'A', xml: sheetXml(loaderNames + textRow('A', 'G')) }], null, undefined, styles);
  expect(await fatalOf(book, 'inventory-loader')).toBe(code);
});

test('a file whose start was read before formats were looked at is read to its end without them', async () => {
  const book = loaderBook(cell('7', 0).repeat(50), null, stylesXml(['000']));
  const options = { blockBytes: 256 };
  const [first] = await batchesOf(book, 'inventory-loader', options);
  const { styles: _, ...context } = first!.checkpoint!.context as { styles?: string };
  const resume = { ...first!.checkpoint, context } as FeedCheckpoint;
  const records = await recordsOf(book, 'inventory-loader', { ...options, resume });
  expect(new Set(records.map(brief).map((record) => record.split(' ')[2]))).toEqual(new Set(['7']));
});
