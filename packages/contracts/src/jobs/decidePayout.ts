import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { orderId, sellerId } from '../payload.ts';

export const decidePayout = defineJob({
  name: 'decide-payout',
  queue: 'label-purchase',
  payload: z.strictObject({ sellerId, orderId }),
  why: 'Decides the payout of an order after a carrier event, a void, or its ship-by date (R17).',
});
