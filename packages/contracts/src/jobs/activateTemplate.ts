import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { commandNo, sellerId, templateId } from '../payload.ts';

export const activateTemplate = defineJob({
  name: 'activate-template',
  queue: 'template-propagation',
  payload: z.strictObject({ sellerId, templateId, commandNo }),
  cancel: 'yes',
  why: 'Enables GE in one template after its wizard was confirmed and saved (R8).',
});
