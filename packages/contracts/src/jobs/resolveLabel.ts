import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { labelId, sellerId } from '../payload.ts';

export const resolveLabel = defineJob({
  name: 'resolve-label',
  queue: 'label-purchase',
  payload: z.strictObject({ sellerId, labelId }),
  options: { batchSize: 50 },
  why: 'Looks up at the carrier what became of a purchase whose answer was lost; never buys.',
});
