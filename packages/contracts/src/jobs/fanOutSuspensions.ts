import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { templateId } from '../payload.ts';

export const fanOutSuspensions = defineJob({
  name: 'fan-out-suspensions',
  queue: 'region-fanout',
  /** Without `after` the whole programme, which is cut into parts: ids after `after` up to and with `until`, or to the end. */
  payload: z.strictObject({
    version: z.int().positive(),
    after: templateId.optional(),
    until: templateId.optional(),
  }),
  cursor: z.strictObject({ afterTemplateId: templateId }),
  options: { batchSize: 1 },
  why: 'Makes the list of suspended destinations visible in every GE-enabled template of every seller (R13).',
});
