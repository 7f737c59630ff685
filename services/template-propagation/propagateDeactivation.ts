import { propagateDeactivation as contract } from '@ge/contracts';
import {
  EnrollmentEntity,
  lockEnrollments,
  MailEntity,
  type MailRow,
  requestMail,
  ShippingTemplateEntity,
} from '@ge/database';
import { deactivateEnrollment, type OperationId } from '@ge/domain';
import { batchHandler, carryOn, dead, done, RowSet } from '@ge/runtime';
import { deactivateTemplates } from './deactivateTemplates.ts';
import { governedColumns } from './governedColumns.ts';
import { lockTemplatePages } from './lockTemplatePages.ts';
import { lockSellers, readSellerFacts } from './sellerFacts.ts';
import { addTally, sumOf } from './tally.ts';

/** Switches GE off in all the seller's templates, page by page, and lists the orders that stay the seller's duty (R19–R21). */
export const propagateDeactivation = (templatesPerTransaction: number) =>
  batchHandler({
    contract,
    load: async (tx, jobs) => {
      const sellerIds = jobs.map((job) => job.payload.sellerId);
      const sellers = await lockSellers(tx, sellerIds);
      const enrollments = new RowSet(await lockEnrollments(tx, sellerIds), (row) => row.sellerId);
      const ranges = jobs.map((job) => ({
        messageId: job.message.id,
        sellerId: job.payload.sellerId,
        scope: null,
        after: job.cursor?.afterTemplateId ?? null,
      }));
      const { templates, pages } = await lockTemplatePages(tx, ranges, templatesPerTransaction);
      return {
        enrollments,
        templates,
        pages,
        mails: new RowSet<MailRow>([], (row) => row.id),
        facts: await readSellerFacts(tx, sellers),
      };
    },
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
    save: async (tx, { enrollments, templates, mails }) => {
      await tx.update(EnrollmentEntity, enrollments.changed());
      await tx.update(ShippingTemplateEntity, templates.changed(), governedColumns);
      await tx.insert(MailEntity, mails.added());
    },
  });
