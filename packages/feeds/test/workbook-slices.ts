import { type FeedCheckpoint, type FeedSlice, readFeedSlice, type WorkbookMemory } from '../src/index.ts';
import { chunks } from './reading.ts';
import { bookOf, loaderNames, sheetXml, textsXml } from './workbook-file.ts';
import { deflated } from './zip-file.ts';

export interface LongBook {
  readonly file: Buffer;
  /** Where the packed bytes of the shared texts and of the sheet begin. */
  readonly textsAt: number;
  readonly sheetAt: number;
  /** Packed bytes of the sheet. */
  readonly sheetBytes: number;
}

/** A workbook of so many rows, each with a shared text of its own. */
export function longBook(rows: number): LongBook {
  const names = Array.from({ length: rows }, (_, i) => `<t>SKU-${i}</t>`);
  const row = (_: string, i: number) =>
    `<row><c t="s"><v>${i}</v></c><c t="inlineStr"><is><t>World wide</t></is></c></row>`;
  const sheet = deflated(sheetXml(loaderNames + names.map(row).join('')));
  const texts = deflated(textsXml(names));
  const file = bookOf([{ name: 'Template', xml: sheet }], texts);
  const [textsAt, sheetAt] = [file.indexOf(texts.bytes), file.indexOf(sheet.bytes)];
  return { file, textsAt, sheetAt, sheetBytes: sheet.bytes.length };
}

/** Gives a file from a byte on, and counts. */
export function counted(file: Buffer) {
  const opened = new Map<number, number>();
  const counts = { bytes: 0, open: 0 };
  const open = async function* (from: number) {
    opened.set(from, (opened.get(from) ?? 0) + 1);
    counts.open++;
    try {
      for await (const bytes of chunks(file.subarray(from), [20_000])) {
        counts.bytes += bytes.length;
        yield bytes;
      }
    } finally {
      counts.open--;
    }
  };
  return { open, counts, timesOpened: (at: number) => opened.get(at) ?? 0 };
}

/** As one worker reads it, or several that take turns: the checkpoint travels as JSON, the memories stay with them. */
export async function inSlices(
  file: Buffer,
  rows: number,
  memories: readonly WorkbookMemory[] = [],
  open: (from: number) => AsyncIterable<Uint8Array> = (from) => chunks(file.subarray(from), [50_000]),
): Promise<FeedSlice[]> {
  const slices: FeedSlice[] = [];
  let from: FeedCheckpoint | null = null;
  do {
    const memory = memories[slices.length % memories.length]?.of('the file');
    const slice: FeedSlice = await readFeedSlice(open, 'inventory-loader', from, rows, memory);
    slices.push(slice);
    from = JSON.parse(JSON.stringify(slice.next)) as FeedCheckpoint | null;
  } while (from);
  return slices;
}
