import type { FeedCheckpoint, FeedFormat } from './format.ts';
import { FeedFatal } from './problem/fatal.ts';
import { readFeedBatches } from './read-feed.ts';
import type { FeedRecord } from './record/record.ts';
import type { MemoryOfFile } from './workbook/workbook-memory.ts';

/** What one transaction takes of a file. */
export interface FeedSlice {
  readonly records: readonly FeedRecord[];
  /** Where the next slice begins; null = the file ends here. */
  readonly next: FeedCheckpoint | null;
  /** The file cannot be read at all; then there are no records. */
  readonly fatal: FeedFatal | null;
}

/**
 * Fewest rows taken of a workbook at a time: where nothing of it is remembered, its shared texts are read anew before the
 * first of them, and the sheet is unpacked from its start.
 */
const workbookRows = 10_000;

/**
 * Reads at least `sliceRows` records from a checkpoint on (null = from the start), of a workbook 10,000 or more, and no more
 * than the batch they end in; the streams are closed again where the slice ends. `open` gives the file from a byte on,
 * perhaps several times: the parts of a workbook are read where they stand. `memory` belongs to this very file; it goes on
 * with what an earlier slice left there, whatever became of that slice.
 *
 * @throws whatever the source throws
 */
export async function readFeedSlice(
  open: (fromByte: number) => AsyncIterable<Uint8Array>,
  format: FeedFormat,
  from: FeedCheckpoint | null,
  sliceRows: number,
  memory?: MemoryOfFile,
): Promise<FeedSlice> {
  const records: FeedRecord[] = [];
  try {
    const options = from ? { open, memory, resume: from } : { open, memory };
    for await (const batch of readFeedBatches(open(from?.byteOffset ?? 0), format, options)) {
      records.push(...batch.records);
      const { checkpoint } = batch;
      const isWorkbook = checkpoint?.context && 'sheet' in checkpoint.context;
      const enough = isWorkbook ? Math.max(sliceRows, workbookRows) : sliceRows;
      if (checkpoint && records.length >= enough) return { records, next: checkpoint, fatal: null };
    }
    return { records, next: null, fatal: null };
  } catch (error) {
    if (!(error instanceof FeedFatal)) throw error;
    return { records: [], next: null, fatal: error };
  }
}
