import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { Invitation } from './invitation.ts';
import { isInvitationOpen } from './invitationEligibility.ts';
import { invitationRefusals } from './invitationRefusals.ts';

const refusalOfState = {
  accepted: 'invitation.already_accepted',
  expired: 'invitation.expired',
  revoked: 'invitation.revoked',
} as const;

/** Whether a link still works. For opening the page: it consumes nothing, so previews of mail programs do no harm (R1). */
export function judgeInvitationLink(invitation: Invitation, linkRevision: number, now: Date): Decision<Invitation> {
  // First: whoever holds a link that was replaced is not even told what became of the invitation.
  if (linkRevision !== invitation.revision) {
    return refuse(invitationRefusals.refusal('invitation.link_outdated', '/token'));
  }
  if (invitation.state !== 'open') {
    return refuse(invitationRefusals.refusal(refusalOfState[invitation.state], '/token'));
  }
  if (!isInvitationOpen(invitation, now)) return refuse(invitationRefusals.refusal('invitation.expired', '/token'));
  return accept(invitation);
}

/** Consumes the invitation. Only pressing Enroll does so (R1): see `enroll`. */
export function acceptInvitation(invitation: Invitation, linkRevision: number, now: Date): Decision<Invitation> {
  const link = judgeInvitationLink(invitation, linkRevision, now);
  return link.ok ? accept({ ...invitation, state: 'accepted', endedAt: now }) : link;
}
