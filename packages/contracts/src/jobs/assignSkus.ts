import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { commandNo, sellerId } from '../payload.ts';

const template = z.union([
  z.strictObject({ id: z.string().min(1).max(64) }),
  z.strictObject({ name: z.string().min(1).max(500) }),
]);

export const assignSkus = defineJob({
  name: 'assign-skus',
  queue: 'sku-assignment',
  payload: z.strictObject({
    sellerId,
    commandNo,
    items: z
      .array(z.strictObject({ sku: z.string().min(1).max(40), template }))
      .min(1)
      .max(50),
  }),
  options: { batchSize: 20 },
  cancel: 'yes',
  why: 'Applies a direct change of at most 50 SKUs; each item gets its own result (R14).',
});
