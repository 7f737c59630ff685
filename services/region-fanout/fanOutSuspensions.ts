import { fanOutSuspensions as contract } from '@ge/contracts';
import { enabledTemplatesAfter, readSuspensions, ShippingTemplateEntity } from '@ge/database';
import { applySuspensions } from '@ge/domain';
import { batchHandler, carryOn, done, RowSet, skip } from '@ge/runtime';

/**
 * Makes the programme's suspensions visible in every GE-enabled template (R13). Orders and labels do not wait for it:
 * they read the suspensions themselves.
 */
export const fanOutSuspensions = (pageSize: number) =>
  batchHandler({
    contract,
    load: async (tx, [job]) => {
      const page = await enabledTemplatesAfter(tx, job!.cursor?.afterTemplateId ?? null, pageSize);
      return {
        page,
        templates: new RowSet(await tx.lock(ShippingTemplateEntity, page), (row) => row.id),
        suspensions: await readSuspensions(tx),
      };
    },
    decide: (job, { page, templates, suspensions }) => {
      if (suspensions.version > job.payload.version) return skip('a newer list is on its way');
      let changed = 0;
      for (const template of templates.values()) {
        const outcome = applySuspensions(template, suspensions.active, suspensions.version);
        if (outcome.kind === 'unchanged') continue;
        templates.put({ ...template, ...outcome.template });
        changed += 1;
      }
      const progress = { counts: { templatesLookedAt: page.length, templatesChanged: changed } };
      if (page.length < pageSize) return done({ progress });
      return carryOn({ afterTemplateId: page.at(-1)! }, { progress });
    },
    save: async (tx, { templates }) => {
      await tx.update(ShippingTemplateEntity, templates.changed(), [
        'suspendedDestinations',
        'appliedSuspensionVersion',
        'version',
      ]);
    },
  });
