import { baseConfig } from '@ge/runtime';
import { z } from 'zod';

export const config = baseConfig.extend({
  TEMPLATES_PER_SLICE: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(400)
    .describe('templates changed in one transaction, shared by the sellers whose slices it holds'),
});
