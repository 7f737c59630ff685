import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { orderId } from '../payload.ts';

export const holdOrders = defineJob({
  name: 'hold-orders',
  queue: 'region-fanout',
  payload: z.strictObject({ destination: z.string().min(2).max(20), version: z.int().positive() }),
  cursor: z.strictObject({ afterOrderId: orderId }),
  options: { batchSize: 1 },
  why: 'Holds the pending orders to a suspended destination, or lets them go when it was lifted (R13).',
});
