import { expireInvitation as contract } from '@ge/contracts';
import { InvitationEntity } from '@ge/database';
import { expireInvitation as expire } from '@ge/domain';
import { batchHandler, done, RowSet, skip, snooze } from '@ge/runtime';

/** Ends an invitation that is still open after fourteen days (R1). */
export const expireInvitation = batchHandler({
  contract,
  load: async (tx, jobs) => ({
    invitations: new RowSet(
      await tx.lock(InvitationEntity, [...new Set(jobs.map((job) => job.payload.invitationId))]),
      (row) => row.id,
    ),
  }),
  decide: (job, { invitations }, now) => {
    const invitation = invitations.get(job.payload.invitationId);
    if (!invitation) return skip('there is no such invitation');
    if (invitation.revision !== job.payload.revision) return skip('the invitation was reissued');
    if (invitation.state !== 'open') return skip(`the invitation is ${invitation.state}`);
    const expired = expire(invitation, now);
    if (expired === invitation) return snooze(invitation.expiresAt.getTime() - now.getTime(), 'not due yet');
    invitations.put({ ...invitation, ...expired });
    return done();
  },
  save: async (tx, { invitations }) => {
    await tx.update(InvitationEntity, invitations.changed());
  },
});
