import { propagateEnrollment as contract } from '@ge/contracts';
import { countBlocked, countEligibleSkus, requestMail } from '@ge/database';
import { closeEnrollment } from '@ge/domain';
import { batchHandler, carryOn, dead, done, skip } from '@ge/runtime';
import { enableTemplates } from './enableTemplates.ts';
import { loadPropagation, savePropagation } from './propagation.ts';
import { addTally, sumOf } from './tally.ts';

/** Enables GE in the templates of an enrollment, page by page, then closes it and tells the seller how it ended (R3, R4). */
export const propagateEnrollment = (templatesPerTransaction: number) =>
  batchHandler({
    contract,
    load: async (tx, jobs) => {
      const propagation = await loadPropagation(
        tx,
        jobs,
        templatesPerTransaction,
        (enrollment) => enrollment?.templateScope ?? null,
      );
      const { ranges, pages, templates } = propagation;
      const ending = ranges.filter(({ messageId, after }) => after && !pages.get(messageId)!.nextAfter);
      const blocked = await countBlocked(
        tx,
        ending.map((range) => ({ ...range, upTo: range.after })),
      );
      return {
        ...propagation,
        // As they stand now: a template that was blocked on an earlier page may have been enabled by hand since.
        blockedOnEarlierPages: new Map(ending.map(({ messageId }, index) => [messageId, blocked[index]!])),
        eligibleSkus: await countEligibleSkus(
          tx,
          templates.values().map((template) => template.id),
        ),
      };
    },
    decide: (job, state, now) => {
      const { sellerId, commandNo } = job.payload;
      const enrollment = state.enrollments.get(sellerId);
      const context = state.facts.context(sellerId, commandNo, now);
      if (!enrollment || !context) return dead('the seller has no enrollment');
      if (enrollment.commandNo !== commandNo) return skip(`command ${enrollment.commandNo} has taken over`);
      if (enrollment.state !== 'propagating') return skip(`the enrollment is ${enrollment.state} already`);

      const { ids, nextAfter } = state.pages.get(job.message.id)!;
      const counts = enableTemplates(ids, state.templates, state.eligibleSkus, context);
      const tally = addTally(job.cursor?.tally ?? {}, counts);
      if (nextAfter) return carryOn({ afterTemplateId: nextAfter, tally }, { progress: { counts } });

      const blockedHere = ids.filter((id) => state.templates.get(id)!.geState === 'blocked').length;
      const blocked = (state.blockedOnEarlierPages.get(job.message.id) ?? 0) + blockedHere;
      state.enrollments.put({ ...enrollment, ...closeEnrollment(enrollment, blocked, commandNo, now) });
      const { mail, message } = requestMail(
        {
          sellerId,
          kind: blocked > 0 ? 'enrollment-blocked' : 'enrollment-finished',
          params: {
            enabledTemplates: sumOf(tally, 'templatesEnabled', 'templatesAlreadyEnabled'),
            exportableSkus: sumOf(tally, 'skusExportable', 'skusAlreadyExportable'),
          },
        },
        now,
      );
      state.mails.add(mail);
      return done({ followUps: [message], progress: { counts } });
    },
    save: (tx, state) => savePropagation(tx, state),
  });
