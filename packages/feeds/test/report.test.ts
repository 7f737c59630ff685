import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import {
  feedProblem,
  type ReportRow,
  type ReportSummary,
  writeJsonProcessingReport,
  writeProcessingReport,
  writeXmlProcessingReport,
} from '../src/index.ts';
import { safeCell } from '../src/report/safe-cell.ts';
import { collect } from './reading.ts';

const summary: ReportSummary = { applied: 5, unchanged: 1, superseded: 1, rejected: 2, notAttempted: 1 };
const rows: ReportRow[] = [
  { recordNo: 0, sku: '', outcome: null, problems: [feedProblem('90061', { column: '=HYPERLINK("x")' })] },
  { recordNo: 1, sku: 'A', outcome: 'applied', problems: [] },
  {
    recordNo: 2,
    sku: '=1+1',
    outcome: 'rejected',
    problems: [
      { code: 'template.name_near', severity: 'error', params: { name: 'Globl', suggestions: 'Global, Home' } },
      feedProblem('GE-15023', { column: 'sku' }),
    ],
  },
  { recordNo: 3, sku: 'C', outcome: 'superseded', problems: [] },
  { recordNo: 4, sku: 'D', outcome: 'not_attempted', problems: [] },
];

async function* once<T>(batch: T): AsyncGenerator<T> {
  yield batch;
}

const text = async (bytes: AsyncIterable<Uint8Array>) => Buffer.concat(await collect(bytes)).toString();

test('the report has the classic layout: summary, header, one line per finding', async () => {
  const lines = (await text(writeProcessingReport(once(rows), summary, { locale: 'en-US' }))).split('\r\n');
  expect(lines[0]).toBe('Feed Processing Summary:');
  expect(lines[1]).toBe('\tNumber of records processed\t\t10');
  expect(lines[2]).toBe('\tNumber of records successful\t\t7');
  const header = lines.indexOf('original-record-number\tsku\terror-code\terror-type\terror-message');
  expect(lines[header - 1]).toBe('');
  const findings = lines.slice(header + 1, -1).map((line) => line.split('\t'));
  expect(findings.map((cells) => cells.slice(0, 4).join(' '))).toEqual([
    '0  90061 Warning',
    "2 '=1+1 template.name_near Error",
    "2 '=1+1 GE-15023 Warning",
    '3 C GE-15033 Warning',
    '4 D GE-15034 Error',
  ]);
  expect(findings.every((cells) => cells.length === 5 && cells[4]!.length > 20)).toBe(true);
});

test('without findings the report is its summary', async () => {
  const report = await text(writeProcessingReport(once([rows[1]!]), summary, { locale: 'en-US' }));
  expect(report).not.toContain('original-record-number');
});

test('the Chinese report is Chinese and marked as UTF-8 for spreadsheets', async () => {
  const report = await text(writeProcessingReport(once(rows), summary, { locale: 'zh-CN' }));
  expect(report.startsWith('\uFEFF上传数据处理摘要：\r\n\t已处理的记录数\t\t10\r\n')).toBe(true);
  expect(report).toContain('90061');
  expect(report.split('90061')[1]).toMatch(/\p{Script=Han}/u);
});

test('a whole-file problem is Fatal on record 0, and the order-fulfilment layout names orders (R18)', async () => {
  const fatal: ReportRow = {
    recordNo: 0,
    sku: '',
    outcome: null,
    problems: [feedProblem('90012', { column: 'ship-date' })],
  };
  const ge: ReportRow = {
    recordNo: 1,
    sku: '',
    orderId: '111-1234567-1234567',
    orderItemId: '9',
    outcome: 'rejected',
    problems: [{ code: 'confirmation.ge_order', severity: 'error', params: { orderId: '111-1234567-1234567' } }],
  };
  const report = await text(
    writeProcessingReport(once([fatal, ge]), summary, { locale: 'en-US', layout: 'order-fulfillment' }),
  );
  expect(report).toContain(
    'original-record-number\torder-id\torder-item-id\terror-code\terror-type\terror-message\r\n',
  );
  expect(report).toContain('\r\n0\t\t\t90012\tFatal\t');
  expect(report).toContain('\r\n1\t111-1234567-1234567\t9\tconfirmation.ge_order\tError\t');
});

test('no cell can run as a formula or break out of its cell, whatever it holds', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'=+-@＝＋－＠\t\r\n "\'a0\u0000\u2028'), maxLength: 8 }),
      (value) => {
        const cell = safeCell(value);
        expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠"]/);
        expect(cell).not.toMatch(/[\t\r\n\p{Cc}]/u);
        expect(parse(`x\t${cell}\ty\n`, { delimiter: '\t', relax_quotes: true })).toEqual([['x', cell, 'y']]);
      },
    ),
  );
});

test('a report of any size is streamed in small pieces', async () => {
  async function* many() {
    for (let batch = 0; batch < 100; batch++) {
      yield Array.from({ length: 500 }, (_, i): ReportRow => ({ ...rows[2]!, recordNo: batch * 500 + i + 1 }));
    }
  }
  let largest = 0;
  let lines = 0;
  for await (const piece of writeProcessingReport(many(), summary, { locale: 'zh-CN' })) {
    largest = Math.max(largest, piece.length);
    lines += Buffer.from(piece).toString().split('\n').length - 1;
  }
  expect(largest).toBeLessThan(256 * 1024);
  expect(lines).toBe(9 + 1 + 100_000);
});

test('the XML report is well-formed whatever the rows hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 20 }), async (sku) => {
      const options = {
        locale: 'en-US',
        merchantIdentifier: 'M<&>',
        documentTransactionId: '12',
        withWarning: 1,
      } as const;
      const report = await text(
        writeXmlProcessingReport(once([{ ...rows[2]!, sku, messageId: '77' }]), summary, options),
      );
      const parser = new SaxesParser({ position: false });
      const names: string[] = [];
      parser.on('error', (error) => {
        throw error;
      });
      parser.on('opentag', (tag) => names.push(tag.name));
      parser.write(report).close();
      expect(names.filter((name) => name === 'Result')).toHaveLength(2);
      expect(report).toContain('<MessagesWithError>3</MessagesWithError>');
    }),
  );
});

test('a summary that cannot be a count is refused', async () => {
  await expect(
    text(writeProcessingReport(once(rows), { ...summary, applied: -1 }, { locale: 'en-US' })),
  ).rejects.toThrow(RangeError);
});

test('the listings report names message, SKU and severity of each finding, and counts both', async () => {
  const options = { locale: 'en-US', sellerId: 'S-1', feedId: 'feed_1' } as const;
  const report = JSON.parse(await text(writeJsonProcessingReport(once(rows), summary, options)));
  expect(report.header).toEqual({ sellerId: 'S-1', version: '2.0', feedId: 'feed_1' });
  expect(
    report.issues.map(({ messageId, sku, code, severity }: Record<string, unknown>) => [
      messageId,
      sku,
      code,
      severity,
    ]),
  ).toEqual([
    [undefined, undefined, '90061', 'WARNING'],
    [2, '=1+1', 'template.name_near', 'ERROR'],
    [2, '=1+1', 'GE-15023', 'WARNING'],
    [3, 'C', 'GE-15033', 'WARNING'],
    [4, 'D', 'GE-15034', 'ERROR'],
  ]);
  expect(report.summary).toMatchObject({
    errors: 2,
    warnings: 3,
    messagesProcessed: 10,
    messagesAccepted: 7,
    messagesInvalid: 3,
  });
  const empty = JSON.parse(await text(writeJsonProcessingReport(once([]), summary, options)));
  expect(empty.issues).toEqual([]);
});
