import type { CommandNo, OperationId, TemplateId } from '../identity/ids.ts';
import { acceptInvitation } from '../invitation/acceptInvitation.ts';
import type { Invitation } from '../invitation/invitation.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { Seller } from '../seller/seller.ts';
import type { Enrollment } from './enrollment.ts';
import { enrollmentRefusals } from './enrollmentRefusals.ts';
import { sellerEligibility } from './sellerEligibility.ts';
import { templateScope } from './templateScope.ts';

export interface EnrollCommand {
  readonly seller: Seller;
  /** The seller's enrollment so far; one who joined before may enroll again without an invitation. */
  readonly enrollment: Enrollment | null;
  /** The open invitation, with the revision that the pressed link carries. */
  readonly invitation: { readonly current: Invitation; readonly linkRevision: number } | null;
  readonly templates: readonly { readonly id: TemplateId }[];
  readonly scope: readonly TemplateId[] | null;
  readonly operationId: OperationId | null;
  readonly commandNo: CommandNo;
  readonly now: Date;
}

export interface Enrolled {
  readonly enrollment: Enrollment;
  /** The invitation as accepted, to be saved in the same transaction; null when none was needed. */
  readonly invitation: Invitation | null;
}

/**
 * Pressing **Enroll** on the programme page (R1, R3): consumes the invitation and begins the propagation to all templates,
 * or to the named ones (R4). A seller with every template enabled may press it again: nothing is enabled twice.
 */
export function enroll(command: EnrollCommand): Decision<Enrolled> {
  const { seller, enrollment, invitation, commandNo, operationId, now } = command;
  const eligibility = sellerEligibility(seller);
  if (!eligibility.ok) return eligibility;
  if (enrollment && enrollment.commandNo >= commandNo) {
    return refuse(enrollmentRefusals.refusal('enrollment.superseded', ''));
  }
  if (!enrollment && !invitation) return refuse(enrollmentRefusals.refusal('enrollment.not_invited', ''));
  const scope = templateScope(command.scope, command.templates);
  if (!scope.ok) return scope;
  // An old link in the hands of a seller who joined before is no obstacle: the link has done its work.
  const accepted = invitation && acceptInvitation(invitation.current, invitation.linkRevision, now);
  if (!enrollment && accepted && !accepted.ok) return accepted;
  const next: Enrollment = {
    sellerId: seller.id,
    state: 'propagating',
    commandNo,
    templateScope: scope.value,
    operationId,
    enrolledAt: now,
    closedAt: null,
  };
  return accept({ enrollment: next, invitation: accepted?.ok ? accepted.value : null });
}
