import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { commandNo, sellerId, templateId } from '../payload.ts';

export const deactivateTemplate = defineJob({
  name: 'deactivate-template',
  queue: 'template-propagation',
  payload: z.strictObject({ sellerId, templateId, commandNo }),
  why: 'Switches GE off in one template: only international automation where domestic automation is on (R19), else all of it (R20).',
});
