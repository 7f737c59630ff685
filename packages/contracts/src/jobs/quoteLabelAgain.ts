import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { labelId, sellerId } from '../payload.ts';

export const quoteLabelAgain = defineJob({
  name: 'quote-label-again',
  queue: 'label-purchase',
  payload: z.strictObject({ sellerId, labelId }),
  options: { batchSize: 100 },
  cancel: 'unsent',
  why: 'Asks for the price of a label again whose offer ended before anything was sent; bought within the tolerance of the seller, else refused (R17).',
});
