import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { feedId, sellerId } from '../payload.ts';

export const applyFeed = defineJob({
  name: 'apply-feed',
  queue: 'sku-assignment',
  payload: z.strictObject({ sellerId, feedId }),
  /** Rows are applied range by range of their SKUs; a feed that was not parted has one. */
  cursor: z.strictObject({ rangeNo: z.int().nonnegative().optional(), afterRecordNo: z.int().nonnegative() }),
  options: { batchSize: 1 },
  cancel: 'yes',
  why: 'Applies the staged rows of a feed slice by slice; the cursor is committed with the rows it stands behind.',
});
