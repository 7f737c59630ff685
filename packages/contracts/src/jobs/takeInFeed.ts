import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { feedId, sellerId } from '../payload.ts';

export const takeInFeed = defineJob({
  name: 'take-in-feed',
  queue: 'sku-assignment',
  payload: z.strictObject({ sellerId, feedId }),
  // Where the reader goes on: its own affair, so only the outline is checked here.
  cursor: z.looseObject({ byteOffset: z.int().nonnegative(), recordNo: z.int().min(-1), context: z.unknown() }),
  options: { batchSize: 1 },
  why: 'Reads an uploaded feed once, as a stream, into staging rows (R15).',
});
