import { baseConfig } from '@ge/runtime';
import { z } from 'zod';

export const config = baseConfig.extend({
  PAGE_SIZE: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(10_000)
    .describe(
      'templates in one slice of a fan-out while no other seller waits; an eighth of them otherwise, and of orders',
    ),
});
