import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { feedCheckpoint, feedId, sellerId } from '../payload.ts';

export const takeInFeed = defineJob({
  name: 'take-in-feed',
  queue: 'sku-assignment',
  payload: z.strictObject({ sellerId, feedId }),
  cursor: feedCheckpoint.extend({ ranges: z.array(z.string()).optional() }),
  // It waits for the seller's earlier feeds, however long those take.
  options: { batchSize: 1, maxSnoozes: Number.MAX_SAFE_INTEGER },
  cancel: 'yes',
  why: 'Reads an uploaded feed once, as a stream, into blocks of staged rows (R15).',
});
