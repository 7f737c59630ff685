import type { CampaignId, InvitationId } from '../identity/ids.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { Invitation } from './invitation.ts';
import { type InvitationFacts, invitationEligibility } from './invitationEligibility.ts';
import { invitationRefusals } from './invitationRefusals.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Days from opening (or reissue) to expiry. */
export const INVITATION_DAYS = 14;
/** Days from opening (or reissue) to the one reminder. */
export const REMINDER_DAYS = 7;

export const daysAfter = (start: Date, days: number): Date => new Date(start.getTime() + days * DAY);

/** Opens an invitation for an eligible seller (R1); the mail goes out afterwards. */
export function openInvitation(
  command: { readonly id: InvitationId; readonly campaignId: CampaignId | null },
  facts: InvitationFacts,
  now: Date,
): Decision<Invitation> {
  const eligibility = invitationEligibility(facts, now);
  if (!eligibility.ok) return eligibility;
  return accept({
    id: command.id,
    sellerId: facts.seller.id,
    campaignId: command.campaignId,
    state: 'open',
    revision: 1,
    createdAt: now,
    expiresAt: daysAfter(now, INVITATION_DAYS),
    sentAt: null,
    remindedAt: null,
    endedAt: null,
  });
}

/**
 * Gives an open or expired invitation a new link and 14 new days; older links stop working at once (R1). Whether the
 * seller may be invited is judged again; `facts.openInvitation` may be this very invitation.
 */
export function reissueInvitation(invitation: Invitation, facts: InvitationFacts, now: Date): Decision<Invitation> {
  if (invitation.state !== 'open' && invitation.state !== 'expired') {
    return refuse(invitationRefusals.refusal('invitation.not_open', '', { state: invitation.state }));
  }
  const other = facts.openInvitation?.id === invitation.id ? null : facts.openInvitation;
  const eligibility = invitationEligibility({ ...facts, openInvitation: other }, now);
  if (!eligibility.ok) return eligibility;
  return accept({
    ...invitation,
    state: 'open',
    revision: invitation.revision + 1,
    expiresAt: daysAfter(now, INVITATION_DAYS),
    sentAt: null,
    remindedAt: null,
    endedAt: null,
  });
}
