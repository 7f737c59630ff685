import { deactivateTemplate as contract } from '@ge/contracts';
import { batchHandler, cancel, done } from '@ge/runtime';
import { recount } from './blockedCounts.ts';
import { deactivateTemplates } from './deactivateTemplates.ts';
import { loadTemplates, saveTemplates, templateOf } from './loadTemplates.ts';

/** Switches GE off in one template by its own branch (R19, R20). Pending orders stay the seller's duty (R21). */
export const deactivateTemplate = batchHandler({
  contract,
  load: loadTemplates,
  decide: (job, state, now) => {
    const found = templateOf(job, state, now);
    if (!found) return cancel('there is no such template');
    const { template, context } = found;
    const counts = deactivateTemplates([template.id], state.templates, context);
    recount(state, template, state.templates.get(template.id)!);
    return done({ progress: { counts } });
  },
  save: saveTemplates,
});
