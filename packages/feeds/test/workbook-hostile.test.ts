import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FeedFatal, readFeedSlice } from '../src/index.ts';
import { living } from './living-memory.ts';
import { chunks, codesOf, fatalOf, recordsOf } from './reading.ts';
import { bookEntries, bookOf, loaderBook, loaderNames, sheetXml, textRow, textsXml } from './workbook-file.ts';
import { deflated, type Packed, repeated, stored, zipFile } from './zip-file.ts';

const megabyte = 1024 * 1024;

/** Code with which reading ends, before any record or in a break. */
async function endOf(book: Buffer, options = {}): Promise<string | undefined> {
  const records = await recordsOf(book, 'inventory-loader', options).catch((error: unknown) => {
    if (error instanceof FeedFatal) return error.code;
    throw error;
  });
  return typeof records === 'string' ? records : codesOf(records.at(-1))[0];
}

/** Code and growth of memory when a workbook is read. A look stops the reading, so it rests longer than it looked. */
async function cost(book: Buffer, options = {}): Promise<{ code: string | undefined; grown: number }> {
  const before = living();
  let peak = before;
  let timer: NodeJS.Timeout;
  const look = () => {
    const began = performance.now();
    peak = Math.max(peak, living());
    timer = setTimeout(look, 2 * (performance.now() - began));
  };
  timer = setTimeout(look, 5);
  try {
    const code = await endOf(book, options);
    return { code, grown: Math.max(peak, living()) - before };
  } finally {
    clearTimeout(timer);
  }
}

const [sheetHead, sheetFoot] = sheetXml(`${loaderNames}${textRow('A', 'G')}|`).split('|') as [string, string];
const rows = textRow('A', 'G').repeat(megabyte / textRow('A', 'G').length);
const sheetOf = (xml: Packed | string, texts: Packed | string | null = null) => bookOf([{ name: 'A', xml }], texts);

test('a sheet of a gigabyte packed into little is refused before it is unpacked', async () => {
  const bomb = repeated(sheetHead, rows, 1024, sheetFoot);
  expect(bomb.size).toBeGreaterThan(1000 * megabyte);
  expect(bomb.bytes.length).toBeLessThan(8 * megabyte);
  const { code, grown } = await cost(sheetOf(bomb));
  expect(code).toBe('GE-15038');
  expect(grown).toBeLessThan(32 * megabyte);
});

test('one that is small enough by its size, but not by how much more it is than its packed bytes, is refused too', async () => {
  expect((await cost(sheetOf(repeated(sheetHead, rows, 100, sheetFoot)))).code).toBe('GE-15038');
});

test('one that understates its size is left where it goes beyond it', async () => {
  const bomb = repeated(sheetHead, rows, 1024, sheetFoot);
  const { code, grown } = await cost(sheetOf({ ...bomb, size: 300_000 }));
  expect(code).toBe('GE-15037');
  expect(grown).toBeLessThan(32 * megabyte);
});

test('shared texts are bounded together, however many they are', async () => {
  const limits = { sharedTextBytes: megabyte, unpackedRatio: 100_000 };
  const bomb = (item: string) => repeated('<sst>', `<si><t>${item}</t></si>`.repeat(2_000), 200, '</sst>');
  for (const item of ['', 'x', 'x'.repeat(500)]) {
    const { code, grown } = await cost(sheetOf(sheetXml(loaderNames), bomb(item)), { limits });
    expect(code).toBe('GE-15039');
    expect(grown).toBeLessThan(32 * megabyte);
  }
});

test('a workbook of empty rows is passed over within bounded memory', async () => {
  const blank = repeated(sheetHead, '<row><c s="1"/></row>'.repeat(20_000), 20, sheetFoot);
  const sum = await cost(sheetOf(blank), { limits: { unpackedRatio: 100_000 } });
  // The checksum that this test does not know ends it.
  expect(sum.code).toBe('GE-15037');
  expect(sum.grown).toBeLessThan(48 * megabyte);
});

test('a million cells in a row make one record, and ten thousand no header', async () => {
  const limits = { unpackedRatio: 100_000 };
  const row = (cells: number) => `<row>${'<c t="str"><v>x</v></c>'.repeat(cells)}</row>`;
  const records = await recordsOf(loaderBook(row(1_000_000) + textRow('B', 'G')), 'inventory-loader', { limits });
  expect(records.map(({ kind, sku }) => `${kind} ${sku}`)).toEqual(['rejected x', 'assignment B']);
  expect(await fatalOf(sheetOf(sheetXml(row(10_000))), 'inventory-loader', { limits })).toBe('GE-15009');
});

const nested = `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`;
const bombEntities = '<!DOCTYPE a [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>';
const entries = bookEntries([{ name: 'A', xml: sheetXml(loaderNames + textRow('A')) }]);
const sheet = 'xl/cells/part0.xml';
const whole = zipFile(entries);

test.each([
  ['XML nested ten thousand deep', sheetOf(sheetXml(nested)), 'GE-15012'],
  ['entities of entities', sheetOf(`${bombEntities}<worksheet><sheetData>&c;</sheetData></worksheet>`), 'GE-15006'],
  ['a DOCTYPE in its shared texts', sheetOf(sheetXml(''), `<!DOCTYPE sst>${textsXml([])}`), 'GE-15006'],
  ['an unknown entity', sheetOf('<worksheet><sheetData>&xxe;</sheetData></worksheet>'), 'GE-15037'],
  ['a tag without end', sheetOf(stored(`<worksheet ${'x'.repeat(2 * megabyte)}`)), 'GE-15013'],
  [
    'attributes without end',
    sheetOf(sheetXml(`<row ${Array.from({ length: 99 }, (_, i) => `a${i}="1"`).join(' ')}/>`)),
    'GE-15013',
  ],
  ['rows that go backwards', sheetOf(sheetXml('<row r="5"/><row r="4"/>')), 'GE-15037'],
  ['a row number out of bounds', sheetOf(sheetXml('<row r="99999999"/>')), 'GE-15037'],
  ['a shared text that is not there', sheetOf(sheetXml('<row><c t="s"><v>7</v></c></row>'), textsXml([])), 'GE-15037'],
  ['XML cut off', sheetOf(sheetXml(loaderNames).slice(0, -60)), 'GE-15037'],
  ['a wrong checksum', zipFile({ ...entries, '_rels/.rels': { ...entries['_rels/.rels']!, sum: 1 } }), 'GE-15037'],
  ['a size that is overstated', zipFile({ ...entries, [sheet]: { ...entries[sheet]!, size: 90_000 } }), 'GE-15037'],
  ['an encrypted part', zipFile({ ...entries, [sheet]: { ...entries[sheet]!, flags: 1 } }), 'GE-15036'],
  [
    'an unknown packing',
    zipFile({ ...entries, [sheet]: { ...stored('x'), bytes: Buffer.from('y'), size: 1 } }),
    'GE-15037',
  ],
  ['a name that leads out of it', zipFile({ ...entries, '../../etc/passwd': deflated('x') }), 'GE-15037'],
  [
    'too many parts',
    zipFile({ ...entries, ...Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`p${i}`, deflated('')])) }),
    'GE-15038',
  ],
  ['its end missing', whole.subarray(0, -30), 'GE-15037'],
  ['half of it missing', whole.subarray(0, whole.length / 2), 'GE-15037'],
  ['random bytes behind its first four', Buffer.concat([whole.subarray(0, 4), Buffer.alloc(5_000, 'x7!')]), 'GE-15037'],
] as const)('a workbook with %s is answered with its code', async (_, book, code) => {
  expect(await fatalOf(book, 'inventory-loader')).toBe(code);
});

test('a sheet that is damaged behind good rows keeps them and ends with one break record', async () => {
  const many = deflated(sheetXml(loaderNames + textRow('A', 'G').repeat(5_000)));
  const read = (packed: Packed) => recordsOf(sheetOf(packed), 'inventory-loader');
  for (const packed of [
    { ...many, sum: 7 },
    { ...many, size: many.size - 1 },
    { ...many, bytes: many.bytes.subarray(0, -9) },
  ]) {
    const records = await read(packed);
    expect(records.at(-1)).toMatchObject({ kind: 'break', problems: [{ code: 'GE-15037' }] });
    expect(records.slice(0, -1).every(({ kind }) => kind === 'assignment')).toBe(true);
  }
  expect((await read(many)).length).toBe(5_000);
});

test('what stands behind the packed bytes of a sheet is not looked at, however the source cuts them', async () => {
  const many = deflated(sheetXml(loaderNames + textRow('A', 'G').repeat(500)));
  const book = sheetOf({ ...many, bytes: Buffer.concat([many.bytes, Buffer.alloc(500, 'junk')]) });
  for (const size of [1, 7, 400, book.length]) {
    expect((await recordsOf(book, 'inventory-loader', {}, [size])).length).toBe(500);
  }
});

test('whatever is done to the bytes of a workbook, it is read, refused or broken off, and nothing else is thrown', async () => {
  const seeds = [whole, sheetOf(sheetXml(`${loaderNames}<row><c t="s"><v>0</v></c></row>`), textsXml(['<t>A</t>']))];
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }), fc.nat(3)), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...seeds), changes, async (seed, changes) => {
      const bytes = changes.reduce((book, [at, byte, removed]) => {
        // From the end: there the directory is.
        const place = Math.max(4, book.length - 1 - (at % book.length));
        return Buffer.concat([book.subarray(0, place), Buffer.from([byte]), book.subarray(place + removed)]);
      }, seed);
      const open = (from: number) => chunks(bytes.subarray(from), [97]);
      const slice = await readFeedSlice(open, 'inventory-loader', null, 10);
      expect(slice.fatal === null || slice.fatal instanceof FeedFatal).toBe(true);
    }),
    { numRuns: process.env.GE_DEEP ? 2_000 : 200 },
  );
});
