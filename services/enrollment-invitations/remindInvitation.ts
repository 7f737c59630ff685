import { remindInvitation as contract } from '@ge/contracts';
import { InvitationEntity, MailEntity, type MailRow, remindersOf, requestMail } from '@ge/database';
import { type Invitation, reminderVerdict } from '@ge/domain';
import { batchHandler, done, RowSet, skip, snooze } from '@ge/runtime';

const linkOf = (invitationId: string | null, revision: number) => `${invitationId} ${revision}`;

/** Writes the one reminder of an invitation that is still open after seven days (R1), however many jobs ask for it. */
export const remindInvitation = batchHandler({
  contract,
  load: async (tx, jobs) => {
    const invitations = await tx.lock(InvitationEntity, [...new Set(jobs.map((job) => job.payload.invitationId))]);
    const sellerIds = [...new Set(invitations.map((row) => row.sellerId))];
    const requested = await remindersOf(tx, sellerIds);
    return {
      invitations: new RowSet<Invitation>(invitations, (row) => row.id),
      mails: new RowSet<MailRow>(requested, (row) => linkOf(row.invitationId, row.revision)),
    };
  },
  decide: (job, { invitations, mails }, now) => {
    const invitation = invitations.get(job.payload.invitationId);
    if (!invitation) return skip('there is no such invitation');
    if (invitation.revision !== job.payload.revision) return skip('the invitation was reissued');
    const verdict = reminderVerdict(invitation, now);
    if (verdict.kind === 'never') return skip(`the invitation is ${invitation.state}`);
    if (verdict.kind === 'later') return snooze(verdict.at.getTime() - now.getTime(), 'not due yet');
    // The invitation is marked only once the mail server has accepted the reminder.
    if (mails.has(linkOf(invitation.id, invitation.revision))) return skip('the reminder is written');
    const { sellerId } = invitation;
    const { mail, message } = requestMail({ sellerId, kind: 'invitation-reminder', invitation }, now);
    mails.add(mail);
    return done({ followUps: [message] });
  },
  save: async (tx, { mails }) => {
    await tx.insert(MailEntity, mails.added());
  },
});
