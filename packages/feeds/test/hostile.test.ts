import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FeedFatal, type FeedFormat, type FeedRecord, readFeed } from '../src/index.ts';
import { living } from './living-memory.ts';
import { chunks, codesOf, collect, envelope, fatalOf, product, recordsOf } from './reading.ts';

const formats: readonly FeedFormat[] = [
  'inventory-loader',
  'listings-json',
  'product-xml',
  'shipping-confirmation',
  'shipping-confirmation-xml',
];

/** Reads whatever it is; only FeedFatal may be thrown, and records are numbered upwards with a break at most at the end. */
async function accountedFor(bytes: Uint8Array, format: FeedFormat, blockBytes: number): Promise<void> {
  const options = { blockBytes, limits: { rowBytes: 512, cellLength: 200, xmlTextBytes: 512, columns: 20 } };
  let records: FeedRecord[];
  try {
    records = await recordsOf(bytes, format, options, [17, 64]);
  } catch (error) {
    expect(error).toBeInstanceOf(FeedFatal);
    return;
  }
  const numbers = records.map(({ recordNo }) => recordNo);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  expect(records.slice(0, -1).every(({ kind }) => kind !== 'break')).toBe(true);
  for (const record of records) {
    const errors = record.problems.filter(({ severity }) => severity === 'error').length;
    expect(errors > 0).toBe(record.kind === 'rejected' || record.kind === 'break');
  }
}

const damage = (seed: Buffer) =>
  fc
    .array(fc.record({ at: fc.nat(), remove: fc.nat(6), insert: fc.uint8Array({ maxLength: 6 }) }), {
      minLength: 1,
      maxLength: 8,
    })
    .map((cuts) =>
      cuts.reduce((bytes, { at, remove, insert }) => {
        const from = at % (bytes.length + 1);
        return Buffer.concat([bytes.subarray(0, from), insert, bytes.subarray(from + remove)]);
      }, seed),
    );

const order = '111-1234567-1234567';
const seeds: Readonly<Record<FeedFormat, string>> = {
  'inventory-loader': `sku\tadd-delete\tmerchant_shipping_group_name\r\n${'A\ta\t"G ""x"""\r\nB\td\t\r\n\t\t\r\n'.repeat(20)}`,
  'product-xml': envelope(product(1, 'A', 'G').repeat(10)),
  'listings-json': JSON.stringify({
    header: { version: '2.0' },
    messages: Array.from({ length: 10 }, (_, no) => ({ messageId: no + 1, sku: 'A', operationType: 'DELETE' })),
  }),
  'shipping-confirmation': `order-id\tship-date\tcarrier-code\n${`${order}\t2025-03-31\tUPS\n`.repeat(20)}`,
  'shipping-confirmation-xml': envelope(
    `<Message><MessageID>1</MessageID><OrderFulfillment><AmazonOrderID>${order}</AmazonOrderID></OrderFulfillment></Message>`.repeat(
      5,
    ),
    'OrderFulfillment',
  ),
};

/** Some in every run, a minute of them for each format where there is time; a failure names the seed that brings it back. */
const fuzz = process.env.GE_DEEP
  ? { numRuns: 10_000_000, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false }
  : { numRuns: 500 };

test.each(formats)(
  'random bytes sent as %s make it throw nothing but FeedFatal',
  async (format) => {
    const head = Buffer.from(seeds[format].slice(0, 60));
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 3000 }),
      fc.uint8Array({ maxLength: 3000 }).map((tail) => Buffer.concat([head, tail])),
      fc
        .string({ unit: fc.constantFrom(...'\t\r\n"a<>&;/!-[]sku '), maxLength: 2000 })
        .map((text) => Buffer.concat([head, Buffer.from(text)])),
      damage(Buffer.from(seeds[format])),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 8, max: 600 }), (input, blockBytes) =>
        accountedFor(input, format, blockBytes),
      ),
      fuzz,
    );
  },
  120_000,
);

/** The same bytes again and again without end; counts how many were asked for. */
class Endless {
  given = 0;

  async *stream(start: string, again: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(start);
    const piece = Buffer.from(again.repeat(Math.ceil(65_536 / again.length)));
    for (;;) {
      this.given += piece.length;
      yield piece;
    }
  }
}

const loaderHead = 'sku\tmerchant_shipping_group_name\nA\tG\n';

test.each([
  ['a header that never ends', 'inventory-loader', 'sku', 'x', 'GE-15014'],
  ['a header of columns without end', 'inventory-loader', 'sku', '\tx', 'GE-15014'],
  ['an XML tag that never ends', 'product-xml', '<AmazonEnvelope ', 'x', 'GE-15013'],
  ['XML attributes without end', 'product-xml', '<AmazonEnvelope ', `${' '.repeat(7)}a="1"`, 'GE-15013'],
  ['an XML comment that never ends', 'product-xml', '<AmazonEnvelope><!-- ', '> ', 'GE-15013'],
  ['a DOCTYPE that never ends', 'product-xml', '<!DOCTYPE a [', '<!ENTITY b "c">', 'GE-15006'],
  ['XML nested without end', 'product-xml', '<AmazonEnvelope>', '<a>', 'GE-15012'],
] as const)('%s is answered after a few megabytes', async (_, format, start, again, code) => {
  const endless = new Endless();
  const error = await collect(readFeed(endless.stream(start, again), format)).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(FeedFatal);
  expect(error.code).toBe(code);
  expect(endless.given).toBeLessThan(4 * 1024 * 1024);
});

test.each([
  ['a row that never ends', loaderHead, 'x', ['assignment', 'rejected GE-15014', 'break 41001']],
  ['a row of quoted cells that never ends', loaderHead, '"x\ny"\t', ['assignment', 'rejected GE-15014']],
  ['blank rows without end', loaderHead, '\n', ['assignment', 'break 41001']],
])('%s is read within bounded memory up to the size limit', async (_, start, again, kinds) => {
  const limits = { fileBytes: 24 * 1024 * 1024, rows: 200_000_000, rowBytes: 64 * 1024 };
  const before = living();
  let peak = 0;
  const seen: string[] = [];
  for await (const records of readFeed(new Endless().stream(start, again), 'inventory-loader', { limits })) {
    for (const record of records)
      if (seen.length < kinds.length) seen.push([record.kind, ...codesOf(record)].join(' '));
    peak = Math.max(peak, living() - before);
    if (seen.length === kinds.length) break;
  }
  expect(seen).toEqual(kinds);
  expect(peak).toBeLessThan(20 * 1024 * 1024);
});

test('too many columns, too deep and too long have their own codes at their limits', async () => {
  const columns = Array.from({ length: 512 }, (_, i) => `c${i}`);
  expect(await fatalOf(`sku\tadd-delete\t${columns.join('\t')}\nA\ta\n`, 'inventory-loader')).toBe('GE-15009');
  expect(await fatalOf(`sku\tadd-delete\t${columns.slice(2).join('\t')}\nA\ta\n`, 'inventory-loader')).toBe(
    'read 2 records',
  );
  const deep = (depth: number) => envelope(`${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}${product(1, 'A', 'G')}`);
  expect(await fatalOf(deep(31), 'product-xml')).toBe('read 1 records');
  expect(await fatalOf(deep(32), 'product-xml')).toBe('GE-15012');
});

test('an over-long row between good ones is refused by itself', async () => {
  const table = `${loaderHead}B\t${'y'.repeat(5000)}\r\nC\tG\n`;
  const records = await recordsOf(table, 'inventory-loader', { limits: { rowBytes: 1000 }, blockBytes: 256 });
  expect(records.map((record) => [record.sku, record.kind, ...codesOf(record)].join(' '))).toEqual([
    'A assignment',
    ' rejected GE-15014',
    'C assignment',
  ]);
});

test('one chunk of any size is taken in small pieces', async () => {
  const rows = 300_000;
  const bytes = Buffer.from(`sku\tmerchant_shipping_group_name\n${'A\tGlobal Express\n'.repeat(rows)}`);
  let count = 0;
  let largest = 0;
  for await (const records of readFeed(chunks(bytes), 'inventory-loader')) {
    count += records.length;
    largest = Math.max(largest, records.length);
  }
  expect(count).toBe(rows);
  expect(largest).toBeLessThan(5000);
});

test('no character is ever cut in half, wherever a file holds a text that is too long: half of one could not be stored', async () => {
  const problems = async (content: string, format: FeedFormat): Promise<unknown> =>
    recordsOf(content, format, { limits: { cellLength: 100 } }).catch((error: FeedFatal) => error.problem);
  for (let before = 30; before <= 110; before += 1) {
    const long = `${'x'.repeat(before)}${'\u{1F4E6}'.repeat(80)}`;
    const files: readonly (readonly [FeedFormat, string])[] = [
      ['inventory-loader', `sku\t${long}\nA\tB\n`],
      ['inventory-loader', `sku\t${long}\t${long}\nA\tB\tC\n`],
      ['inventory-loader', `TemplateType=${long}\nsku\nA\n`],
      ['inventory-loader', `sku\tmerchant_shipping_group_name\n${long}\t${long}\n`],
      ['product-xml', `<${long.replaceAll('\u{1F4E6}', '\u{10000}')}/>`],
      ['product-xml', envelope(product(1, long, long), long)],
      ['product-xml', envelope(product(1, long, long))],
      ['shipping-confirmation', `order-id\tcarrier-name\ttracking-number\n${long}\t${long}\t${long}\n`],
    ];
    for (const [format, content] of files)
      expect(JSON.stringify(await problems(content, format)), content).not.toMatch(/\\ud[89a-f]/);
  }
});
