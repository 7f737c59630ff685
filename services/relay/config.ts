import { baseConfig } from '@ge/runtime';
import { z } from 'zod';

export const config = baseConfig.extend({
  RELAY_INTERVAL_MS: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(20)
    .describe('pause between two looks at the backlog'),
  RELAY_WINDOW: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(2_000)
    .describe('pointers that a queue holds, and more only as its workers finish more'),
  RELAY_WINDOW_MOST: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(4_000)
    .describe('pointers that a queue holds at most, whatever its workers finish; `RELAY_WINDOW` where that is more'),
  RELAY_AHEAD_MS: z.coerce
    .number()
    .int()
    .min(10)
    .max(60_000)
    .default(200)
    .describe('for how long the workers of a queue find work in Redis, by what they have been finishing'),
  RELAY_RESEND_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(600_000)
    .default(5_000)
    .describe('after how long a pointer is sent again'),
  RELAY_LEASE_MS: z.coerce
    .number()
    .int()
    .min(500)
    .max(600_000)
    .default(5_000)
    .describe('how long a relay that vanished keeps its queues'),
  ADDRESS_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(30)
    .describe(
      "days after which a buyer's address, with the labels printed for it, is erased from an order that is confirmed or cancelled",
    ),
});

export type RelayConfig = z.infer<typeof config>;
