import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { brief, codesOf, fatalOf, recordsOf } from './reading.ts';
import { bookEntries, bookOf, loaderBook, loaderNames, sheetXml, textRow, textsXml } from './workbook-file.ts';
import { deflated, zipFile } from './zip-file.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}.xlsx`, import.meta.url));
const read = async (content: Buffer, options = {}) =>
  (await recordsOf(content, 'inventory-loader', options)).map(brief);

test('a workbook of openpyxl is read: hidden sheet passed over, three header rows, texts in runs, empty rows counted', async () => {
  expect(await read(fixture('openpyxl'))).toEqual([
    '0 file GE-15041 90061 GE-15015',
    '1 assignment 12345 Global Express',
    '2 assignment 00042 Zürich & 全球',
    '4 assignment 123456789012345 Global Express',
    '5 deletion TRUE offer',
    '6 assignment B-1 two  blanks',
    '7 rejected B-2 GE-15021',
    '8 deletion 0.3 product',
    '9 rejected too wide GE-15022',
  ]);
});

test('a workbook of XlsxWriter is read: texts inside cells, dates and formulas by their value, escapes undone', async () => {
  expect(await read(fixture('xlsxwriter'))).toEqual([
    '0 file 90061 GE-15015',
    '1 assignment 12345 Global Express',
    '2 assignment 00042 Zürich & 全球',
    '5 assignment 123456789012345 Global Express',
    '6 deletion TRUE offer',
    '7 assignment B-1 _x000D_ as text',
    '8 rejected B-2 GE-15021',
  ]);
});

test('a workbook that ExcelJS wrote as a stream is read: shared texts, a column without a name', async () => {
  expect(await read(fixture('exceljs'))).toEqual([
    '1 assignment 12345 Global Express',
    '2 assignment 00042 Zürich & 全球',
    '4 deletion 123456789012345 offer',
    '5 deletion B-1 product',
  ]);
});

test.each([
  ['12345', '12345'],
  ['12345.0', '12345'],
  ['1.2345E4', '12345'],
  ['1.23456789012345E14', '123456789012345'],
  ['999999999999999', '999999999999999'],
  ['12345678901234567890', '12345678901234567890'],
  ['1.2E+20', '120000000000000000000'],
  ['1.5e22', '15000000000000000000000'],
  ['19.989999999999998', '19.99'],
  ['1E-7', '0.0000001'],
  ['-1.25E-7', '-0.000000125'],
  ['007', '7'],
  [' 5 ', '5'],
  ['#N/A', '#N/A'],
])('the number %s is the SKU %s', async (written, sku) => {
  expect(await read(loaderBook(`<row><c><v>${written}</v></c><c t="str"><v>G</v></c></row>`))).toEqual([
    `1 assignment ${sku} G`,
  ]);
});

test.each([
  ['t="b"', '<v>0</v>', 'FALSE'],
  ['t="e"', '<v>#REF!</v>', '#REF!'],
  ['t="d"', '<v>2025-03-31</v>', '2025-03-31'],
  ['t="str"', '<f>"a"&amp;"b"</f><v>ab_x005F_x0041_</v>', 'ab_x0041_'],
  ['t="s"', '<v>0</v>', 'Tokyo east'],
  ['t="s"', '<v>1</v>', 'plain'],
  ['t="inlineStr"', '<is><r><rPr><b/></rPr><t>in</t></r><r><t xml:space="preserve">  runs </t></r></is>', 'in  runs'],
  ['t="inlineStr"', '<is><t><![CDATA[<&>]]></t></is>', '<&>'],
])('a cell with %s and %s holds %s', async (type, inside, sku) => {
  const texts = textsXml([
    '<r><t>Tokyo</t></r><r><rPr><sz val="8"/></rPr><t xml:space="preserve"> east</t></r><rPh sb="0" eb="1"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>',
    '<t>plain</t>',
  ]);
  const records = await recordsOf(loaderBook(`<row><c ${type}>${inside}</c></row>`, texts), 'inventory-loader');
  expect(records.map(({ sku }) => sku)).toEqual([sku]);
});

test('cells stand where their reference says, in any order; without one they follow each other', async () => {
  const cell = (reference: string, text: string) => `<c r="${reference}" t="str"><v>${text}</v></c>`;
  const rows = [
    `<row r="2">${cell('B2', 'G')}${cell('A2', 'A')}</row>`,
    `<row r="5">${cell('A5', 'B')}<c t="str"><v>H</v></c><c t="str"><v>x</v></c></row>`,
    `<row>${cell('A6', 'C')}${cell('D6', 'beyond')}</row>`,
    `<row r="9">${cell('XFD9', ' ')}${cell('A9', 'D')}</row>`,
  ];
  expect(await read(loaderBook(rows.join('')))).toEqual([
    '1 assignment A G',
    '4 deletion B product',
    '5 rejected C GE-15022',
    '8 assignment D -',
  ]);
});

test('of several sheets the first visible one with cells is read, and that is said', async () => {
  const xml = (sku: string) => sheetXml(loaderNames + textRow(sku, 'G'));
  const sheets = [
    { name: 'Lists', state: 'veryHidden', xml: xml('hidden') },
    { name: 'Chart', kind: 'chartsheet', xml: '<chartsheet/>' },
    { name: 'Mine', xml: xml('A') },
  ] as const;
  expect(await read(bookOf(sheets))).toEqual(['1 assignment A G']);
  const [about, ...rest] = await recordsOf(bookOf([...sheets, { name: 'Notes', xml: xml('B') }]), 'inventory-loader');
  expect(about?.problems).toEqual([{ code: 'GE-15041', severity: 'warning', params: { sheet: 'Mine' } }]);
  expect(rest.map(brief)).toEqual(['1 assignment A G']);
});

test.each([
  ['no visible sheet', bookOf([{ name: 'A', state: 'hidden', xml: sheetXml('') }]), 'GE-15040'],
  ['an empty sheet', bookOf([{ name: 'A', xml: '<worksheet><sheetData/></worksheet>' }]), 'GE-15002'],
  ['a header only', loaderBook(''), 'GE-15003'],
  ['no header', bookOf([{ name: 'A', xml: sheetXml(textRow('A', 'G')) }]), '90009'],
  ['another template', bookOf([{ name: 'A', xml: sheetXml(textRow('TemplateType=Offer') + loaderNames) }]), 'GE-15008'],
  [
    'a confirmation inside',
    bookOf([{ name: 'A', xml: sheetXml(textRow('order-id', 'ship-date') + textRow('1', '2')) }]),
    'GE-15001',
  ],
])('a workbook with %s is FATAL before any record', async (_, book, code) => {
  expect(await fatalOf(book, 'inventory-loader')).toBe(code);
});

test('a ZIP file that is no workbook is told as such', async () => {
  expect(await fatalOf(zipFile({ 'photo.txt': deflated('x') }), 'inventory-loader')).toBe('GE-15001');
  const letter = { ...bookEntries([]), 'xl/book.xml': deflated('<document><body/></document>') };
  expect(await fatalOf(zipFile(letter), 'inventory-loader')).toBe('GE-15001');
});

test('a workbook whose parts are in another encoding is refused by its name', async () => {
  const xml = Buffer.from(`\uFEFF${sheetXml(loaderNames)}`, 'utf16le');
  expect(await fatalOf(bookOf([{ name: 'A', xml: deflated(xml) }]), 'inventory-loader')).toBe('GE-15005');
});

test('a row beyond the limit ends the reading where the limit is', async () => {
  const book = loaderBook(`${textRow('A')}<row r="900"><c t="str"><v>B</v></c></row>`);
  const records = await recordsOf(book, 'inventory-loader', { limits: { rows: 100 } });
  expect(records.map((record) => [record.recordNo, record.kind, ...codesOf(record)].join(' '))).toEqual([
    '1 assignment',
    '101 break 41002',
  ]);
});
