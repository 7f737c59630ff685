import { runCampaign as contract } from '@ge/contracts';
import {
  CampaignEntity,
  courseOf,
  EnrollmentEntity,
  InvitationEntity,
  lockOpenInvitations,
  MailEntity,
  type MailRow,
  newId,
  requestMail,
  SellerEntity,
  sellersAfter,
} from '@ge/database';
import { expireInvitation, type Invitation, type InvitationId, openInvitation, type Refusal } from '@ge/domain';
import { batchHandler, carryOn, dead, done, RowSet, skip } from '@ge/runtime';

/** Why a seller was not invited, as the operation counts it. A seller with several reasons is counted by the first. */
const skipCount: Readonly<Record<string, string>> = {
  'seller.not_in_united_states': 'skippedNotUs',
  'invitation.already_enrolled': 'skippedEnrolled',
  'invitation.already_open': 'skippedInvited',
};
const countOf = ([first]: readonly Refusal[]): string => skipCount[first?.code ?? ''] ?? 'skippedOther';

/** Invites every eligible seller, page by page over the whole marketplace, and counts why the others are not (R1). */
export const runCampaign = (pageSize: number) =>
  batchHandler({
    contract,
    load: async (tx, [job]) => {
      const ids = await sellersAfter(tx, job!.cursor?.afterSellerId ?? null, pageSize);
      // Locked, so that nobody enrolls or is invited otherwise between our look and our commit.
      const sellers = await tx.lock(SellerEntity, ids);
      const invitations = await lockOpenInvitations(tx, ids);
      const campaigns = await tx.lock(CampaignEntity, [job!.payload.campaignId]);
      const enrollments = await tx.find(EnrollmentEntity, ids);
      return {
        ids,
        sellers,
        openIds: new Map(invitations.map((row) => [row.sellerId, row.id])),
        enrollments: new Map(enrollments.map((row) => [row.sellerId, row])),
        campaigns: new RowSet(campaigns, (row) => row.id),
        invitations: new RowSet<Invitation>(invitations, (row) => row.id),
        mails: new RowSet<MailRow>([], (row) => row.id),
      };
    },
    decide: (job, { ids, sellers, openIds, enrollments, campaigns, invitations, mails }, now) => {
      const { campaignId } = job.payload;
      const campaign = campaigns.get(campaignId);
      if (!campaign) return dead('there is no such campaign');
      if (campaign.state === 'done') return skip('the campaign is done already');

      const { operationId } = job.message;
      const counts: Record<string, number> = {};
      const followUps = sellers.flatMap((seller) => {
        const open = invitations.get(openIds.get(seller.id) ?? '') ?? null;
        const facts = { seller, enrollment: enrollments.get(seller.id) ?? null, openInvitation: open };
        const opened = openInvitation({ id: newId<InvitationId>('inv'), campaignId }, facts, now);
        const name = opened.ok ? 'invited' : countOf(opened.refusals);
        counts[name] = (counts[name] ?? 0) + 1;
        if (!opened.ok) return [];
        // One that is past its time no longer counts, but keeps its state until somebody looks at it.
        if (open) invitations.put(expireInvitation(open, now));
        const invitation = opened.value;
        const { mail, message } = requestMail(
          { sellerId: seller.id, kind: 'invitation', invitation, operationId },
          now,
        );
        invitations.add(invitation);
        mails.add(mail);
        return [message, ...courseOf(invitation)];
      });
      const extras = { followUps, progress: { counts } };
      if (ids.length === pageSize) return carryOn({ afterSellerId: ids.at(-1)! }, extras);
      campaigns.put({ ...campaign, state: 'done' });
      return done(extras);
    },
    save: async (tx, { campaigns, invitations, mails }) => {
      await tx.update(InvitationEntity, invitations.changed());
      await tx.insert(InvitationEntity, invitations.added());
      await tx.insert(MailEntity, mails.added());
      await tx.update(CampaignEntity, campaigns.changed());
    },
  });
