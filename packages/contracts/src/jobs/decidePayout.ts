import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { orderId, sellerId } from '../payload.ts';

export const decidePayout = defineJob({
  name: 'decide-payout',
  queue: 'label-purchase',
  payload: z.strictObject({
    sellerId,
    orderId,
    /** The one message of an order that waits for its ship-by date, wherever a hold moves it; all others decide at once. */
    atShipBy: z.literal(true).optional(),
  }),
  why: 'Decides the payout of an order after a report about its parcels, a label that was given up, or its ship-by date (R17).',
});
