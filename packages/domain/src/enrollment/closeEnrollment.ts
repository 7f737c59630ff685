import type { CommandNo, OperationId } from '../identity/ids.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { Enrollment } from './enrollment.ts';
import { enrollmentRefusals } from './enrollmentRefusals.ts';

/**
 * Ends a propagation (R3): `active`, or `active_with_blocked` where templates in its scope wait for missing items.
 * Gives the very object passed in when a newer command has taken over or it is closed already.
 */
export function closeEnrollment(
  enrollment: Enrollment,
  blockedTemplates: number,
  commandNo: CommandNo,
  now: Date,
): Enrollment {
  if (enrollment.commandNo !== commandNo || enrollment.state !== 'propagating') return enrollment;
  return { ...enrollment, state: blockedTemplates > 0 ? 'active_with_blocked' : 'active', closedAt: now };
}

/** Brings an enrollment up to date after a blocked template was enabled by hand, deleted or blocked anew. */
export function recountEnrollment(enrollment: Enrollment, blockedTemplates: number): Enrollment {
  if (enrollment.state !== 'active' && enrollment.state !== 'active_with_blocked') return enrollment;
  const state = blockedTemplates > 0 ? 'active_with_blocked' : 'active';
  return state === enrollment.state ? enrollment : { ...enrollment, state };
}

/**
 * Deactivates the whole enrollment (R19–R21); the fan-out over the templates follows. Sellers who enabled templates by
 * hand have none and may deactivate those all the same: null stays null. A lower command number is refused.
 */
export function deactivateEnrollment(
  enrollment: Enrollment | null,
  operationId: OperationId | null,
  commandNo: CommandNo,
  now: Date,
): Decision<Enrollment | null> {
  if (!enrollment) return accept(null);
  if (enrollment.commandNo >= commandNo) return refuse(enrollmentRefusals.refusal('enrollment.superseded', ''));
  return accept({ ...enrollment, state: 'deactivated', commandNo, operationId, closedAt: now });
}
