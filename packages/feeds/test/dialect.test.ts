import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowScanner } from '../src/tab/row-scanner.ts';
import { type Dialect, dialects, type Row, rowsFor, write } from './dialect.ts';
import { batchesOf, brief, bytesOf, recordsOf } from './reading.ts';

const orders = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 });
const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 });
const blockBytes = fc.integer({ min: 8, max: 4096 });
const tables = dialects.chain((dialect) =>
  fc.record({ dialect: fc.constant(dialect), rows: rowsFor(dialect), order: orders, sizes, blockBytes }),
);

const expected = ({ sku, addDelete, template }: Row, i: number): string => {
  if (addDelete === 'd') return `${i + 1} deletion ${sku} offer`;
  if (addDelete === 'x') return `${i + 1} deletion ${sku} product`;
  return `${i + 1} assignment ${sku} ${template || '-'}`;
};

test('a table written in any dialect and cut into any chunks reads back the same', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ dialect, rows, order, sizes, blockBytes }) => {
      const { bytes, charset } = write(rows, order, dialect);
      const options = charset ? { charset, blockBytes } : { blockBytes };
      const records = await recordsOf(bytes, 'inventory-loader', options, sizes);
      expect(records.filter(({ kind }) => kind !== 'file').map(brief)).toEqual(rows.map(expected));
    }),
    { numRuns: 400 },
  );
});

test('reading goes on from any checkpoint, or after any record, as if it had never stopped', async () => {
  await fc.assert(
    fc.asyncProperty(tables, fc.nat(), async ({ dialect, rows, order, sizes, blockBytes }, pick) => {
      const { bytes, charset } = write(rows, order, dialect);
      const options = charset ? { charset, blockBytes } : { blockBytes };
      const batches = await batchesOf(bytes, 'inventory-loader', options, sizes);
      const stopped = pick % batches.length;
      const resume = batches[stopped]!.checkpoint!;
      const rest = batches.slice(stopped + 1).flatMap(({ records }) => records);
      const again = { ...options, resume: JSON.parse(JSON.stringify(resume)) };
      expect(await recordsOf(bytes.subarray(resume.byteOffset), 'inventory-loader', again, sizes)).toEqual(rest);
      const after = { ...options, afterRecordNo: resume.recordNo };
      expect(await recordsOf(bytes, 'inventory-loader', after, sizes)).toEqual(rest);
    }),
    { numRuns: 300 },
  );
});

test('rows are cut as a CSV parser cuts them, wherever that one can read the text', () => {
  const wellFormed: fc.Arbitrary<Dialect> = dialects.map((dialect) => ({
    ...dialect,
    lineEnds: ['\n'],
    quoting: dialect.quoting === 'never' ? 'always' : dialect.quoting,
    encoding: 'utf-8',
    mark: false,
    trailingTabs: 0,
  }));
  const cases = wellFormed.chain((dialect) =>
    fc.record({ dialect: fc.constant(dialect), rows: rowsFor(dialect), order: orders }),
  );
  fc.assert(
    fc.property(cases, ({ dialect, rows, order }) => {
      const text = write(rows, order, { ...dialect, headerRows: 1 }).bytes.toString();
      const peer: string[][] = parse(text, { delimiter: '\t', relax_quotes: true, record_delimiter: '\n' });
      const scanner = new RowScanner([0, 1, 2, 3], 4, 32_767);
      scanner.load(text, true);
      const found: string[][] = [];
      for (let at = 0; at < text.length; ) {
        at = scanner.next(at);
        found.push([...scanner.cells]);
      }
      expect(found).toEqual(peer.map((cells) => cells.map((cell) => cell.trim())));
    }),
  );
});

test('a quoted cell longer than a block is read whole', async () => {
  const note = 'long\n'.repeat(3000);
  const text = `sku\titem-note\tmerchant_shipping_group_name\nA\t"${note}"\tG\nB\t\tG\n`;
  const records = await recordsOf(bytesOf(text), 'inventory-loader', { blockBytes: 64 });
  expect(records.slice(1).map(brief)).toEqual(['1 assignment A G', '2 assignment B G']);
});
