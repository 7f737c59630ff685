import { baseConfig } from '@ge/runtime';
import { z } from 'zod';

export const config = baseConfig.extend({
  SLICE_ROWS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(2_000)
    .describe('feed rows read or applied in one transaction, about; twice as many while nobody else is at work'),
});
