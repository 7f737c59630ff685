import { remindInvitation as contract } from '@ge/contracts';
import { InvitationEntity, MailEntity, type MailRow, requestMail } from '@ge/database';
import { reminderVerdict } from '@ge/domain';
import { batchHandler, done, RowSet, skip, snooze } from '@ge/runtime';

/** Writes the one reminder of an invitation that is still open after seven days (R1). */
export const remindInvitation = batchHandler({
  contract,
  load: async (tx, jobs) => ({
    invitations: new RowSet(
      await tx.lock(InvitationEntity, [...new Set(jobs.map((job) => job.payload.invitationId))]),
      (row) => row.id,
    ),
    mails: new RowSet<MailRow>([], (row) => row.id),
  }),
  decide: (job, { invitations, mails }, now) => {
    const invitation = invitations.get(job.payload.invitationId);
    if (!invitation) return skip('there is no such invitation');
    if (invitation.revision !== job.payload.revision) return skip('the invitation was reissued');
    const verdict = reminderVerdict(invitation, now);
    if (verdict.kind === 'never') return skip(`the invitation is ${invitation.state}`);
    if (verdict.kind === 'later') return snooze(verdict.at.getTime() - now.getTime(), 'not due yet');
    const { sellerId } = invitation;
    const { mail, message } = requestMail({ sellerId, kind: 'invitation-reminder', invitation }, now);
    mails.add(mail);
    return done({ followUps: [message] });
  },
  save: async (tx, { mails }) => {
    await tx.insert(MailEntity, mails.added());
  },
});
