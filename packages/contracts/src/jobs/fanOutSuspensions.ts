import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { templateId } from '../payload.ts';

export const fanOutSuspensions = defineJob({
  name: 'fan-out-suspensions',
  queue: 'region-fanout',
  payload: z.strictObject({ version: z.int().positive() }),
  cursor: z.strictObject({ afterTemplateId: templateId }),
  options: { batchSize: 1 },
  why: 'Makes the list of suspended destinations visible in every GE-enabled template of every seller (R13).',
});
