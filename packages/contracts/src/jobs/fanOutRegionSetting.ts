import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { sellerId, templateId } from '../payload.ts';

export const fanOutRegionSetting = defineJob({
  name: 'fan-out-region-setting',
  queue: 'region-fanout',
  payload: z.strictObject({ sellerId, version: z.int().positive() }),
  cursor: z.strictObject({ afterTemplateId: templateId }),
  options: { batchSize: 10 },
  why: 'Removes the excluded destinations from every template that was GE-enabled when the setting was saved (R11).',
});
