import type { CommandNo, OperationId, SellerId, TemplateId } from '../identity/ids.ts';

export type EnrollmentState = 'propagating' | 'active' | 'active_with_blocked' | 'deactivated';

/** A seller's standing in the programme; one per seller. */
export interface Enrollment {
  readonly sellerId: SellerId;
  readonly state: EnrollmentState;
  /** The command that set the state. */
  readonly commandNo: CommandNo;
  /** The templates the seller chose (R4), or null for all. */
  readonly templateScope: readonly TemplateId[] | null;
  readonly operationId: OperationId | null;
  readonly enrolledAt: Date;
  readonly closedAt: Date | null;
}
