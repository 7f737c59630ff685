import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { feedId, sellerId } from '../payload.ts';

export const revertFeed = defineJob({
  name: 'revert-feed',
  queue: 'sku-assignment',
  payload: z.strictObject({ sellerId, feedId }),
  cursor: z.strictObject({ afterRecordNo: z.int().nonnegative() }),
  // It waits for the seller's earlier feeds, however long those take.
  options: { batchSize: 1, maxSnoozes: Number.MAX_SAFE_INTEGER },
  cancel: 'yes',
  why: 'Takes back slice by slice what an ended feed did, as far as nothing else has changed it since (R15).',
});
