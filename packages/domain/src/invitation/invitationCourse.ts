import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { Invitation } from './invitation.ts';
import { isInvitationOpen } from './invitationEligibility.ts';
import { invitationRefusals } from './invitationRefusals.ts';
import { daysAfter, INVITATION_DAYS, REMINDER_DAYS } from './openInvitation.ts';

/** When the reminder of the present link is due: 7 days after it was opened or reissued. */
export const reminderDueAt = (invitation: Invitation): Date =>
  daysAfter(invitation.expiresAt, REMINDER_DAYS - INVITATION_DAYS);

/**
 * Whether the one reminder (R1) is to be sent now. `later` carries when to look again; `never`: ended, expired or reminded.
 * A first mail that has not gone out yet is not reminded of.
 */
export function reminderVerdict(
  invitation: Invitation,
  now: Date,
): { readonly kind: 'remind' | 'never' } | { readonly kind: 'later'; readonly at: Date } {
  if (!isInvitationOpen(invitation, now) || invitation.remindedAt) return { kind: 'never' };
  const at = reminderDueAt(invitation);
  if (now.getTime() < at.getTime()) return { kind: 'later', at };
  return invitation.sentAt ? { kind: 'remind' } : { kind: 'later', at: daysAfter(now, 1) };
}

/** The mail server accepted the first mail. A repeat, or a mail of an older link, changes nothing. */
export const invitationSent = (invitation: Invitation, revision: number, at: Date): Invitation =>
  invitation.revision !== revision || invitation.sentAt ? invitation : { ...invitation, sentAt: at };

/** The mail server accepted the reminder. A repeat, or a mail of an older link, changes nothing. */
export const invitationReminded = (invitation: Invitation, revision: number, at: Date): Invitation =>
  invitation.revision !== revision || invitation.remindedAt ? invitation : { ...invitation, remindedAt: at };

/** Expires an invitation 14 days after opening (R1); gives the very object passed in while it is not due or has ended otherwise. */
export const expireInvitation = (invitation: Invitation, now: Date): Invitation =>
  invitation.state === 'open' && !isInvitationOpen(invitation, now)
    ? { ...invitation, state: 'expired', endedAt: now }
    : invitation;

/** Takes an open invitation back; its link stops working at once (R1). */
export function revokeInvitation(invitation: Invitation, now: Date): Decision<Invitation> {
  if (invitation.state !== 'open') {
    return refuse(invitationRefusals.refusal('invitation.not_open', '', { state: invitation.state }));
  }
  return accept({ ...invitation, state: 'revoked', endedAt: now });
}
