import type { Enrollment } from '../enrollment/enrollment.ts';
import { sellerEligibility } from '../enrollment/sellerEligibility.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import type { Seller } from '../seller/seller.ts';
import type { Invitation } from './invitation.ts';
import { invitationRefusals } from './invitationRefusals.ts';

export interface InvitationFacts {
  readonly seller: Seller;
  readonly enrollment: Enrollment | null;
  /** The seller's invitation in state `open`, if there is one; past its expiry it no longer counts. */
  readonly openInvitation: Invitation | null;
}

/** Whether the invitation can still be used at that moment. */
export const isInvitationOpen = (invitation: Invitation, now: Date): boolean =>
  invitation.state === 'open' && now.getTime() < invitation.expiresAt.getTime();

/** A seller who left may be invited again; every other state of an enrollment takes part. */
export const takesPart = (enrollment: Enrollment | null): boolean =>
  enrollment !== null && enrollment.state !== 'deactivated';

/** Whether a seller may get an invitation (R1): in the United States, not enrolled, no invitation open. Names every reason against it. */
export function invitationEligibility(facts: InvitationFacts, now: Date): Decision<Seller> {
  const eligibility = sellerEligibility(facts.seller);
  const refusals: Refusal[] = eligibility.ok ? [] : [...eligibility.refusals];
  if (takesPart(facts.enrollment)) {
    refusals.push(invitationRefusals.refusal('invitation.already_enrolled', '/seller'));
  }
  if (facts.openInvitation && isInvitationOpen(facts.openInvitation, now)) {
    refusals.push(invitationRefusals.refusal('invitation.already_open', '/seller'));
  }
  return refusals.length > 0 ? refuse(...refusals) : accept(facts.seller);
}
