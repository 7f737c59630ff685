import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { commandNo, sellerId, skuCode, templateId } from '../payload.ts';

export const assignSkus = defineJob({
  name: 'assign-skus',
  queue: 'sku-assignment',
  payload: z.strictObject({
    sellerId,
    commandNo,
    items: z
      .array(z.strictObject({ sku: skuCode, templateId }))
      .min(1)
      .max(50),
  }),
  why: 'Applies a direct change of at most 50 SKUs; each item gets its own result (R14).',
});
