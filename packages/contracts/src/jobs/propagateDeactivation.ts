import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { commandNo, sellerId, tally, templateId } from '../payload.ts';

export const propagateDeactivation = defineJob({
  name: 'propagate-deactivation',
  queue: 'template-propagation',
  payload: z.strictObject({ sellerId, commandNo }),
  cursor: z.strictObject({ afterTemplateId: templateId, tally }),
  options: { batchSize: 20 },
  why: "Switches GE off in all the seller's templates page by page, each by its own branch (R19, R20).",
});
