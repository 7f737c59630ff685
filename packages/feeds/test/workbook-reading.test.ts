import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FeedCheckpoint, FeedFatal, readFeedSlice } from '../src/index.ts';
import { batchesOf, type Content, chunks, recordsOf } from './reading.ts';
import { asText, asWorkbook, tables } from './workbook-dialect.ts';
import { loaderBook, textRow } from './workbook-file.ts';
import { inSlices, longBook } from './workbook-slices.ts';

const blockBytes = fc.integer({ min: 16, max: 4096 });
const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 4 });

async function outcome(content: Content, options: object, sizes?: readonly number[]): Promise<unknown> {
  return recordsOf(content, 'inventory-loader', options, sizes).catch((error: unknown) => {
    if (error instanceof FeedFatal) return error.problem;
    throw error;
  });
}

test('a table gives the same records and findings as a workbook and as text, however either is written', async () => {
  await fc.assert(
    fc.asyncProperty(tables, blockBytes, sizes, async (table, blockBytes, sizes) => {
      const asWritten = await outcome(asText(table), { charset: 'utf-8' });
      expect(await outcome(asWorkbook(table), { blockBytes }, sizes)).toEqual(asWritten);
    }),
    { numRuns: process.env.GE_DEEP ? 400 : 100 },
  );
});

test('reading a workbook goes on from any checkpoint, or after any record, as if it had never stopped', async () => {
  await fc.assert(
    fc.asyncProperty(tables, blockBytes, fc.nat(), async (table, blockBytes, pick) => {
      const book = asWorkbook(table);
      const batches = await batchesOf(book, 'inventory-loader', { blockBytes }).catch(() => []);
      fc.pre(batches.length > 0);
      const stopped = pick % batches.length;
      const resume = JSON.parse(JSON.stringify(batches[stopped]!.checkpoint)) as FeedCheckpoint;
      const rest = batches.slice(stopped + 1).flatMap(({ records }) => records);
      expect(await recordsOf(book, 'inventory-loader', { blockBytes, resume })).toEqual(rest);
      const afterRecordNo = resume.recordNo;
      expect(await recordsOf(book, 'inventory-loader', { blockBytes, afterRecordNo })).toEqual(rest);
    }),
    { numRuns: process.env.GE_DEEP ? 400 : 100 },
  );
});

test('a long workbook is taken in slices of ten thousand rows or more, each row once and in its order', async () => {
  const book = longBook(34_000).file;
  const whole = await recordsOf(book, 'inventory-loader');
  expect(whole.map(({ sku }) => sku)).toEqual(Array.from({ length: 34_000 }, (_, i) => `SKU-${i}`));
  for (const [rows, atLeast] of [
    [1, 10_000],
    [15_000, 15_000],
  ] as const) {
    const slices = await inSlices(book, rows);
    const sizes = slices.map(({ records }) => records.length);
    expect(slices.flatMap(({ records }) => records)).toEqual(whole);
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThanOrEqual(atLeast);
    expect(Math.max(...sizes)).toBeLessThan(atLeast + 2_000);
  }
});

test('how far a workbook is read grows with every slice, and is all of it only at its end', async () => {
  const { file } = longBook(60_000);
  const places = (await inSlices(file, 10_000)).map(({ next }) => next?.byteOffset ?? file.length);
  expect(places.length).toBeGreaterThan(4);
  const steps = places.map((place, i) => place - (places[i - 1] ?? 0));
  // The shares follow the rows: about as many in each slice but the last.
  expect(Math.max(...steps)).toBeLessThan(1.3 * Math.min(...steps.slice(0, -1)));
  expect(Math.min(...steps)).toBeGreaterThan(0);
});

test('what the source throws is not taken for a fault of the workbook, wherever it happens', async () => {
  const book = loaderBook(textRow('A', 'G', 'a').repeat(2_000));
  for (let fails = 1; fails <= 12; fails++) {
    let given = 0;
    const open = async function* (from: number) {
      for await (const bytes of chunks(book.subarray(from), [300])) {
        if (++given === fails) throw new Error('the connection is gone');
        yield bytes;
      }
    };
    await expect(readFeedSlice(open, 'inventory-loader', null, 10)).rejects.toThrow('the connection is gone');
  }
});

test('every stream that a slice opened is closed when the slice ends', async () => {
  const book = longBook(12_000).file;
  let open = 0;
  const source = async function* (from: number) {
    open++;
    try {
      yield* chunks(book.subarray(from), [1_000]);
    } finally {
      open--;
    }
  };
  const first = await readFeedSlice(source, 'inventory-loader', null, 10);
  expect(first.next).not.toBeNull();
  expect(open).toBe(0);
  await readFeedSlice(source, 'inventory-loader', first.next, 10);
  expect(open).toBe(0);
});
