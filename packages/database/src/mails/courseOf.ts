import { expireInvitation, remindInvitation } from '@ge/contracts';
import { type Invitation, reminderDueAt } from '@ge/domain';
import { type Outgoing, outgoing } from '../messages/append.ts';

/** What happens to an open invitation by itself: the reminder and the end of its present link, when they are due (R1). */
export function courseOf(invitation: Invitation): readonly Outgoing[] {
  const { id: invitationId, revision, sellerId } = invitation;
  const payload = { invitationId, revision };
  return [
    outgoing(remindInvitation, { payload, sellerId, dueAt: reminderDueAt(invitation) }),
    outgoing(expireInvitation, { payload, sellerId, dueAt: invitation.expiresAt }),
  ];
}
