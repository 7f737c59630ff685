import { fanOutSuspensions as contract } from '@ge/contracts';
import { evenRanges, lockEnabledTemplates, outgoing, readSuspensions, ShippingTemplateEntity } from '@ge/database';
import { applySuspensions } from '@ge/domain';
import { batchHandler, carryOn, done, type Job, RowSet, skip } from '@ge/runtime';
import { shortSlice, sliceFor } from './slice.ts';

/** Messages that a programme of more than one slice is handed to: enough for some to run while others are between slices. */
const parts = 8;

const isPart = ({ payload }: Job<typeof contract>) => payload.after !== undefined;

/**
 * Makes the programme's suspensions visible in every GE-enabled template (R13). The first message takes the first templates
 * and hands the others, in parts, to messages of their own, which run side by side. Orders and labels do not wait for it:
 * they read the suspensions themselves.
 */
export const fanOutSuspensions = (sliceSize: number) =>
  batchHandler({
    contract,
    load: async (tx, [job]) => {
      const { after = null, until = null } = job!.payload;
      const size = isPart(job!) ? await sliceFor(tx, [job!], sliceSize) : shortSlice(sliceSize);
      const page = await lockEnabledTemplates(tx, { after: job!.cursor?.afterTemplateId ?? after, until }, size);
      const last = page.length < size ? null : page.at(-1)!.id;
      return {
        looked: page.length,
        last,
        rest: last !== null && !isPart(job!) && job!.cursor === null ? await evenRanges(tx, last, parts) : [],
        templates: new RowSet(page, (row) => row.id),
        suspensions: await readSuspensions(tx),
      };
    },
    decide: (job, { looked, last, rest, templates, suspensions }) => {
      const { version } = job.payload;
      if (suspensions.version > version) return skip('a newer list is on its way');
      let changed = 0;
      for (const template of templates.values()) {
        const outcome = applySuspensions(template, suspensions.active, suspensions.version);
        if (outcome.kind === 'unchanged') continue;
        templates.put(outcome.template);
        changed += 1;
      }
      const progress = { counts: { templatesLookedAt: looked, templatesChanged: changed } };
      if (last === null) return done({ progress });
      if (rest.length === 0) return carryOn({ afterTemplateId: last }, { progress });
      const { operationId } = job.message;
      const followUps = rest.map(({ after, until }) =>
        outgoing(contract, {
          payload: { version, after: after!, ...(until && { until }) },
          sellerId: null,
          operationId,
        }),
      );
      return done({ progress, followUps });
    },
    save: async (tx, { templates }) => {
      await tx.updateAlike(ShippingTemplateEntity, templates.changed(), {
        each: ['version'],
        alike: ['suspendedDestinations', 'appliedSuspensionVersion'],
      });
    },
  });
