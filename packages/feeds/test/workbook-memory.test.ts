import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FeedBatch, type FeedCheckpoint, readFeedBatches, readFeedSlice, WorkbookMemory } from '../src/index.ts';
import { batchesOf, chunks } from './reading.ts';
import { asWorkbook, tables } from './workbook-dialect.ts';
import { loaderBook, textRow } from './workbook-file.ts';
import { counted, inSlices, longBook } from './workbook-slices.ts';

const document = 'the file';

/** Some batches from a checkpoint on, as a worker reads a slice. */
async function someBatches(
  book: Buffer,
  from: FeedCheckpoint | null,
  count: number,
  blockBytes: number,
  memory?: WorkbookMemory,
): Promise<FeedBatch[]> {
  const open = (byte: number) => chunks(book.subarray(byte), [100]);
  const options = { open, blockBytes, memory: memory?.of(document), ...(from ? { resume: from } : {}) };
  const batches: FeedBatch[] = [];
  for await (const batch of readFeedBatches(open(0), 'inventory-loader', options)) {
    batches.push(batch);
    if (batches.length === count) break;
  }
  return batches;
}

test('slices are the same with a memory, whether they commit, are rolled back or were read by another process', async () => {
  const step = fc.record({
    batches: fc.integer({ min: 1, max: 3 }),
    becomes: fc.constantFrom('commits', 'commits', 'is rolled back', 'is read elsewhere'),
  });
  const blockBytes = fc.integer({ min: 16, max: 2048 });
  await fc.assert(
    fc.asyncProperty(tables, blockBytes, fc.array(step, { maxLength: 20 }), async (table, blockBytes, steps) => {
      const book = asWorkbook(table);
      fc.pre((await batchesOf(book, 'inventory-loader', { blockBytes }).catch(() => [])).length > 0);
      const memory = new WorkbookMemory();
      let from: FeedCheckpoint | null = null;
      for (let no = 0; ; no++) {
        const { batches, becomes } = steps[no] ?? { batches: 1, becomes: 'commits' };
        const slice = await someBatches(book, from, batches, blockBytes);
        if (becomes !== 'is read elsewhere') {
          expect(await someBatches(book, from, batches, blockBytes, memory)).toEqual(slice);
        }
        if (becomes === 'is rolled back') continue;
        if (slice.length < batches || !slice.at(-1)!.checkpoint) return;
        from = JSON.parse(JSON.stringify(slice.at(-1)!.checkpoint)) as FeedCheckpoint;
      }
    }),
    { numRuns: process.env.GE_DEEP ? 400 : 100 },
  );
});

test('with a memory the shared texts are read once for all slices, and the sheet is unpacked once below its header', async () => {
  const book = longBook(45_000);
  const [without, withMemory] = [counted(book.file), counted(book.file)];
  const slices = await inSlices(book.file, 10_000, [], without.open);
  expect(await inSlices(book.file, 10_000, [new WorkbookMemory()], withMemory.open)).toEqual(slices);
  expect(slices.length).toBeGreaterThan(3);
  expect([without.timesOpened(book.textsAt), withMemory.timesOpened(book.textsAt)]).toEqual([slices.length, 1]);
  expect([without.timesOpened(book.sheetAt), withMemory.timesOpened(book.sheetAt)]).toEqual([slices.length + 1, 2]);
});

test('processes that take turns read the shared texts and unpack the sheet once each', async () => {
  const book = longBook(65_000);
  const { open, timesOpened } = counted(book.file);
  const slices = await inSlices(book.file, 10_000, [new WorkbookMemory(), new WorkbookMemory()], open);
  expect(slices).toEqual(await inSlices(book.file, 10_000));
  expect(timesOpened(book.textsAt)).toBe(2);
  // Once more for the header.
  expect(timesOpened(book.sheetAt)).toBe(3);
});

test('a slice that is read again needs the sheet from its start, but not its texts', async () => {
  const book = longBook(45_000);
  const { open, timesOpened } = counted(book.file);
  const memory = new WorkbookMemory().of(document);
  const first = await readFeedSlice(open, 'inventory-loader', null, 10_000, memory);
  const second = await readFeedSlice(open, 'inventory-loader', first.next, 10_000, memory);
  expect(timesOpened(book.sheetAt)).toBe(2);
  expect(await readFeedSlice(open, 'inventory-loader', first.next, 10_000, memory)).toEqual(second);
  expect([timesOpened(book.sheetAt), timesOpened(book.textsAt)]).toEqual([3, 1]);
});

test('two who read the same file at the same time do not get into each other’s way', async () => {
  const { file } = longBook(45_000);
  const open = (from: number) => chunks(file.subarray(from), [3_000]);
  const memory = new WorkbookMemory().of(document);
  const { next } = await readFeedSlice(open, 'inventory-loader', null, 10_000, memory);
  const expected = await readFeedSlice(open, 'inventory-loader', next, 10_000);
  const slice = () => readFeedSlice(open, 'inventory-loader', next, 10_000, memory);
  expect(await Promise.all([slice(), slice(), slice()])).toEqual([expected, expected, expected]);
});

test('what the source throws in the middle of a workbook that is remembered costs a reading from the start', async () => {
  const { file } = longBook(45_000);
  const expected = await inSlices(file, 10_000);
  const good = (from: number) => chunks(file.subarray(from), [1_000]);
  for (const fails of [1, 2, 3, 5, 8]) {
    const memory = new WorkbookMemory().of(document);
    let from: FeedCheckpoint | null = null;
    for (const slice of expected) {
      let given = 0;
      const bad = async function* (byte: number) {
        for await (const bytes of good(byte)) {
          if (++given === fails) throw new Error('the connection is gone');
          yield bytes;
        }
      };
      const tried = readFeedSlice(bad, 'inventory-loader', from, 10_000, memory);
      if (fails < 4) await expect(tried).rejects.toThrow('the connection is gone');
      else await tried.catch(() => {});
      expect(await readFeedSlice(good, 'inventory-loader', from, 10_000, memory)).toEqual(slice);
      from = slice.next;
    }
  }
});

test('nothing of the file stays open between two slices', async () => {
  const { file } = longBook(25_000);
  const { open, counts } = counted(file);
  const memory = new WorkbookMemory().of(document);
  let from: FeedCheckpoint | null = null;
  do {
    from = (await readFeedSlice(open, 'inventory-loader', from, 10_000, memory)).next;
    expect(counts.open).toBe(0);
  } while (from);
  expect(memory.take()).toBeNull();
});

test('two workbooks are remembered at most, the ones read last, and no more bytes than allowed', async () => {
  const { file } = longBook(12_000);
  const open = (from: number) => chunks(file.subarray(from));
  const remembered = async (memory: WorkbookMemory) => {
    for (const name of ['A', 'B', 'A', 'C']) await readFeedSlice(open, 'inventory-loader', null, 1, memory.of(name));
    return ['A', 'B', 'C'].filter((name) => memory.of(name).take() !== null);
  };
  expect(await remembered(new WorkbookMemory())).toEqual(['A', 'C']);
  const bytes = await (async () => {
    const memory = new WorkbookMemory();
    await readFeedSlice(open, 'inventory-loader', null, 1, memory.of('A'));
    const { shared, sheet } = memory.of('A').take()!;
    return shared.texts.heldBytes + sheet.heldBytes;
  })();
  expect(await remembered(new WorkbookMemory(2, 1.5 * bytes))).toEqual(['C']);
  expect(await remembered(new WorkbookMemory(2, bytes / 2))).toEqual([]);
});

test('a workbook that is forgotten, or has not been read to its first slice’s end, is not remembered', async () => {
  const memory = new WorkbookMemory();
  const { file } = longBook(12_000);
  await readFeedSlice((from) => chunks(file.subarray(from)), 'inventory-loader', null, 1, memory.of(document));
  memory.forget(document);
  expect(memory.of(document).take()).toBeNull();
  const short = loaderBook(textRow('A', 'G'));
  await readFeedSlice((from) => chunks(short.subarray(from)), 'inventory-loader', null, 1, memory.of(document));
  expect(memory.of(document).take()).toBeNull();
});
