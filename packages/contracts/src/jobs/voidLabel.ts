import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { labelId, sellerId } from '../payload.ts';

export const voidLabel = defineJob({
  name: 'void-label',
  queue: 'label-purchase',
  payload: z.strictObject({ sellerId, labelId }),
  options: { batchSize: 50 },
  why: 'Asks the carrier to void a label that will not be used.',
});
