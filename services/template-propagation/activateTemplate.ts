import { activateTemplate as contract } from '@ge/contracts';
import { enableGlobalExpress, saveTemplate } from '@ge/domain';
import { batchHandler, cancel, done, skip } from '@ge/runtime';
import { recount } from './blockedCounts.ts';
import { loadTemplates, saveTemplates, templateOf } from './loadTemplates.ts';

/** Enables GE in one template as its wizard was confirmed (R8): what was confirmed must still be what is saved. */
export const activateTemplate = batchHandler({
  contract,
  load: loadTemplates,
  decide: (job, state, now) => {
    const found = templateOf(job, state, now);
    if (!found) return cancel('there is no such template');
    const { template, context } = found;
    if (template.geState === 'enabled') {
      // Noted all the same, so that an older deactivation on its way does not switch it off (promise 4).
      const { template: noted } = enableGlobalExpress(template, context);
      if (noted !== template) state.templates.put({ ...template, ...noted });
      return skip('enabled already', { progress: { counts: { templatesAlreadyEnabled: 1 } } });
    }
    const saved = saveTemplate(template, context);
    if (!saved.ok) {
      const progress = { counts: { templatesRefused: 1 }, result: { refusals: saved.refusals } };
      return cancel(saved.refusals.map((refusal) => refusal.code).join(', '), { progress });
    }
    const next = { ...template, ...saved.value };
    state.templates.put(next);
    recount(state, template, next);
    return done({ progress: { counts: { templatesEnabled: 1 } } });
  },
  save: saveTemplates,
});
