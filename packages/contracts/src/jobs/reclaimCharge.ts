import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { labelId, sellerId } from '../payload.ts';

export const reclaimCharge = defineJob({
  name: 'reclaim-charge',
  queue: 'label-purchase',
  payload: z.strictObject({
    sellerId,
    labelId,
    carrierId: z.string().min(1).max(64),
    /** The further shipment, never the one that the label holds. */
    shipmentRef: z.string().min(1).max(200),
  }),
  options: { batchSize: 50 },
  why: 'Asks the carrier to void a shipment that it charged beside the one of a label, and books what it gives back (R23).',
});
