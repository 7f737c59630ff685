import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { feedId, sellerId } from '../payload.ts';

export const writeFeedReport = defineJob({
  name: 'write-feed-report',
  queue: 'sku-assignment',
  payload: z.strictObject({ sellerId, feedId }),
  options: { batchSize: 1 },
  why: 'Writes the processing report of a finished feed and closes the feed.',
});
