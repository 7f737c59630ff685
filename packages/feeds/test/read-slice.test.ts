import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FeedCheckpoint, type FeedRecord, type FeedSlice, readFeedSlice } from '../src/index.ts';
import { chunks, recordsOf } from './reading.ts';

const file = Buffer.from(
  `sku\tmerchant_shipping_group_name\r\n${Array.from({ length: 9_000 }, (_, i) => `SKU-${i}\tWorld wide`).join('\r\n')}\r\n`,
);
const open = (from: number) => chunks(file.subarray(from), [10_000]);

/** As a worker does it: the checkpoint travels as JSON. */
async function inSlices(sliceRows: number): Promise<{ slices: FeedSlice[]; records: FeedRecord[] }> {
  const slices: FeedSlice[] = [];
  let from: FeedCheckpoint | null = null;
  do {
    const slice: FeedSlice = await readFeedSlice(open, 'inventory-loader', from, sliceRows);
    slices.push(slice);
    from = JSON.parse(JSON.stringify(slice.next)) as FeedCheckpoint | null;
  } while (from);
  return { slices, records: slices.flatMap((slice) => slice.records) };
}

test('slices of any size give the records of the whole file, each once and in its order', async () => {
  const whole = await recordsOf(file, 'inventory-loader');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12_000 }), async (sliceRows) => {
      const { slices, records } = await inSlices(sliceRows);
      expect(records).toEqual(whole);
      for (const slice of slices.slice(0, -1)) expect(slice.records.length).toBeGreaterThanOrEqual(sliceRows);
    }),
    { numRuns: 15 },
  );
});

test('a file that cannot be read at all is told as such, without records', async () => {
  const slice = await readFeedSlice(() => chunks(Buffer.from('<html>')), 'inventory-loader', null, 10);
  expect(slice).toMatchObject({ records: [], next: null, fatal: { code: 'GE-15001' } });
});

test('what the source throws is not taken for a fault of the file', async () => {
  const broken = async function* () {
    yield Buffer.from('sku\tme');
    throw new Error('the connection is gone');
  };
  await expect(readFeedSlice(broken, 'inventory-loader', null, 10)).rejects.toThrow('the connection is gone');
});
