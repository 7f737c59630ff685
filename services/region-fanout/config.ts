import { baseConfig } from '@ge/runtime';
import { z } from 'zod';

export const config = baseConfig.extend({
  PAGE_SIZE: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(500)
    .describe('templates or orders in one slice of a fan-out'),
});
