import { propagateDeactivation as contract } from '@ge/contracts';
import { requestMail } from '@ge/database';
import { deactivateEnrollment, type OperationId } from '@ge/domain';
import { batchHandler, carryOn, dead, done } from '@ge/runtime';
import { deactivateTemplates } from './deactivateTemplates.ts';
import { loadPropagation, savePropagation } from './propagation.ts';
import { addTally, sumOf } from './tally.ts';

/** Switches GE off in all the seller's templates, page by page, and lists the orders that stay the seller's duty (R19–R21). */
export const propagateDeactivation = (templatesPerTransaction: number) =>
  batchHandler({
    contract,
    load: (tx, jobs) => loadPropagation(tx, jobs, templatesPerTransaction, () => null),
    decide: (job, state, now) => {
      const { sellerId, commandNo } = job.payload;
      const context = state.facts.context(sellerId, commandNo, now);
      if (!context) return dead('there is no such seller');
      const enrollment = state.enrollments.get(sellerId);
      if (enrollment) {
        // Before the first template, so that an older propagation under way ends here and not page by page.
        const operationId = job.message.operationId as OperationId | null;
        const left = deactivateEnrollment(enrollment, operationId, commandNo, now);
        if (left.ok && left.value) state.enrollments.put({ ...enrollment, ...left.value });
      }

      // Each template knows its own commands: an enrollment newer than this leaves only those switched off that it did not enable.
      const { ids, nextAfter } = state.pages.get(job.message.id)!;
      const counts = deactivateTemplates(ids, state.templates, context);
      const tally = addTally(job.cursor?.tally ?? {}, counts);
      if (nextAfter) return carryOn({ afterTemplateId: nextAfter, tally }, { progress: { counts } });
      if (enrollment && enrollment.commandNo > commandNo) return done({ progress: { counts } });

      const params = { deactivatedTemplates: sumOf(tally, 'templatesDeactivated') };
      const { mail, message } = requestMail({ sellerId, kind: 'deactivation-finished', params }, now);
      state.mails.add(mail);
      return done({ followUps: [message], progress: { counts } });
    },
    save: (tx, state) => savePropagation(tx, state),
  });
