import { propagateEnrollment } from '@ge/contracts';
import {
  drawCommandNo,
  EnrollmentEntity,
  InvitationEntity,
  type InvitationRow,
  lockEnrollments,
  outgoing,
  type SellerRow,
  startOperation,
  type Transaction,
  templateNamesOf,
} from '@ge/database';
import { accept, type Decision, enroll, type OperationId, type TemplateId } from '@ge/domain';

export interface PressEnroll {
  /** Locked. */
  readonly seller: SellerRow;
  /** Locked, with the revision that the pressed link carries. */
  readonly invitation: { readonly current: InvitationRow; readonly linkRevision: number } | null;
  readonly scope: readonly TemplateId[] | null;
  readonly now: Date;
}

/** Enroll, pressed on the programme page or through the API (R1, R3): consumes the invitation, owes the propagation. Saves nothing when refused. */
export async function pressEnroll(tx: Transaction, press: PressEnroll): Promise<Decision<OperationId>> {
  const { seller, invitation, scope, now } = press;
  const [enrollment = null] = await lockEnrollments(tx, [seller.id]);
  const commandNo = await drawCommandNo(tx, seller.id);
  const { templates } = await templateNamesOf(tx, seller.id);
  const decision = enroll({ seller, enrollment, invitation, templates, scope, operationId: null, commandNo, now });
  if (!decision.ok) return decision;

  const message = outgoing(propagateEnrollment, {
    payload: { sellerId: seller.id, commandNo },
    sellerId: seller.id,
    commandNo,
  });
  const command = { kind: propagateEnrollment.name, sellerId: seller.id, now };
  const operationId = (await startOperation(tx, command, [message])) as OperationId;
  const row = { ...decision.value.enrollment, operationId };
  if (enrollment) await tx.update(EnrollmentEntity, [row]);
  else await tx.insert(EnrollmentEntity, [row]);
  if (decision.value.invitation) await tx.update(InvitationEntity, [decision.value.invitation], ['state', 'endedAt']);
  return accept(operationId, decision.warnings);
}
