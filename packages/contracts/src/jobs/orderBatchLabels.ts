import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { labelBatchId, sellerId } from '../payload.ts';

export const orderBatchLabels = defineJob({
  name: 'order-batch-labels',
  queue: 'label-purchase',
  payload: z.strictObject({ sellerId, batchId: labelBatchId }),
  /** Where the last slice ended, for people: what is still to be ordered stands with the items. */
  cursor: z.strictObject({ upToItemNo: z.int().nonnegative() }),
  // It ends with its items, each of which waits for a carrier no longer than it may; a seller's pause may last for ever.
  options: { batchSize: 8, maxSnoozes: Number.MAX_SAFE_INTEGER },
  cancel: 'yes',
  why: 'Quotes the items of a label batch slice by slice, and asks for a label for each of them once (R17).',
});
