import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { commandNo, sellerId, tally, templateId } from '../payload.ts';

export const propagateEnrollment = defineJob({
  name: 'propagate-enrollment',
  queue: 'template-propagation',
  payload: z.strictObject({ sellerId, commandNo }),
  cursor: z.strictObject({ afterTemplateId: templateId, tally }),
  options: { batchSize: 20 },
  why: "Enables GE in the seller's templates page by page, or names every missing item (R3), then closes the enrollment.",
});
