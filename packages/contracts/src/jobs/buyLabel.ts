import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { labelId, sellerId } from '../payload.ts';

export const buyLabel = defineJob({
  name: 'buy-label',
  queue: 'label-purchase',
  payload: z.strictObject({ sellerId, labelId }),
  options: { batchSize: 100 },
  cancel: 'unsent',
  why: 'Buys one label at its carrier: at most one charge for one intent (R17, R18).',
});
