import { defineJob } from '@ge/contracts';
import { outgoing, ShippingTemplateEntity } from '@ge/database';
import { batchHandler, done, RowSet } from '@ge/runtime';
import { z } from 'zod';

/** The measured work: lock one template row, change it, write one follow-up row. Its queue is one the relay knows. */
export const touchTemplate = defineJob({
  name: 'touch-template',
  queue: 'template-propagation',
  payload: z.strictObject({ sellerId: z.string(), templateId: z.string() }),
  why: 'Measures what one database effect costs.',
});

/** The follow-up row: owed in the far future, so that nothing but its writing is measured. */
const farOff = new Date('2999-01-01T00:00:00Z');

const templatesOf = (jobs: readonly { readonly payload: { readonly templateId: string } }[]) => [
  ...new Set(jobs.map((job) => job.payload.templateId)),
];

export const touchTemplateHandler = batchHandler({
  contract: touchTemplate,
  load: async (tx, jobs) => ({
    templates: new RowSet(
      await tx.lock(ShippingTemplateEntity, templatesOf(jobs), 'for no key update', ['id', 'version']),
      (row) => row.id,
    ),
  }),
  decide: ({ payload }, { templates }) => {
    const template = templates.get(payload.templateId)!;
    templates.put({ ...template, version: template.version + 1 });
    return done({ followUps: [outgoing(touchTemplate, { payload, sellerId: payload.sellerId, dueAt: farOff })] });
  },
  save: async (tx, { templates }) => {
    await tx.update(ShippingTemplateEntity, templates.changed(), ['version']);
  },
});
