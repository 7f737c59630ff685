import type { FeedCheckpoint, FeedFormat } from './format.ts';
import { FeedFatal } from './problem/fatal.ts';
import { readFeedBatches } from './read-feed.ts';
import type { FeedRecord } from './record/record.ts';

/** What one transaction takes of a file. */
export interface FeedSlice {
  readonly records: readonly FeedRecord[];
  /** Where the next slice begins; null = the file ends here. */
  readonly next: FeedCheckpoint | null;
  /** The file cannot be read at all; then there are no records. */
  readonly fatal: FeedFatal | null;
}

/**
 * Reads at least `sliceRows` records from a checkpoint on (null = from the start), and no more than the batch they end in;
 * the stream is closed again where the slice ends. `open` gives the file from a byte on.
 *
 * @throws whatever the source throws
 */
export async function readFeedSlice(
  open: (fromByte: number) => AsyncIterable<Uint8Array>,
  format: FeedFormat,
  from: FeedCheckpoint | null,
  sliceRows: number,
): Promise<FeedSlice> {
  const records: FeedRecord[] = [];
  try {
    const resume = from ? { resume: from } : {};
    for await (const batch of readFeedBatches(open(from?.byteOffset ?? 0), format, resume)) {
      records.push(...batch.records);
      if (batch.checkpoint && records.length >= sliceRows) return { records, next: batch.checkpoint, fatal: null };
    }
    return { records, next: null, fatal: null };
  } catch (error) {
    if (!(error instanceof FeedFatal)) throw error;
    return { records: [], next: null, fatal: error };
  }
}
