import {
  defaultBlockBytes,
  defaultFeedLimits,
  type FeedCheckpoint,
  type FeedLimits,
  type ReadFeedOptions,
} from './format.ts';
import type { FeedRecord } from './record/record.ts';

/** Records read together, and where reading may go on once they are stored; null after the place where a file breaks. */
export interface FeedBatch {
  readonly records: FeedRecord[];
  readonly checkpoint: FeedCheckpoint | null;
}

/** The options with everything filled in. */
export interface ReadPlan {
  readonly limits: FeedLimits;
  readonly charset: string | undefined;
  /** Records up to this number are passed over; -1 = none, not even record 0. */
  readonly afterRecordNo: number;
  /** A checkpoint that knows the start of the file. */
  readonly resume: FeedCheckpoint | null;
  readonly blockBytes: number;
  readonly open: ReadFeedOptions['open'];
  readonly memory: ReadFeedOptions['memory'];
}

export function readPlan(options: ReadFeedOptions): ReadPlan {
  const { resume } = options;
  return {
    limits: { ...defaultFeedLimits, ...options.limits },
    charset: options.charset,
    afterRecordNo: Math.max(options.afterRecordNo ?? -1, resume?.recordNo ?? -1),
    resume: resume?.context ? resume : null,
    blockBytes: options.blockBytes ?? defaultBlockBytes,
    open: options.open,
    memory: options.memory,
  };
}

/** What reads one file: its batches, and how far it came when it stops in the middle. */
export interface RecordReader {
  readonly recordNo: number;
  readonly sawRecord: boolean;
}
