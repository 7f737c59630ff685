import { countBlocked, type EnrollmentEntity, type RowOf, type Transaction } from '@ge/database';
import { recountEnrollment, type SellerId, type ShippingTemplate } from '@ge/domain';
import { RowSet } from '@ge/runtime';

type EnrollmentRow = RowOf<typeof EnrollmentEntity>;

interface BlockedCount {
  readonly sellerId: SellerId;
  readonly blocked: number;
}

/** How many templates in the scope of each enrollment are blocked before this batch. */
export async function readBlockedCounts(
  tx: Transaction,
  enrollments: readonly EnrollmentRow[],
): Promise<RowSet<BlockedCount>> {
  const blocked = await countBlocked(
    tx,
    enrollments.map(({ sellerId, templateScope }) => ({ sellerId, scope: templateScope, upTo: null })),
  );
  return new RowSet(
    enrollments.map(({ sellerId }, index) => ({ sellerId, blocked: blocked[index]! })),
    (row) => row.sellerId,
  );
}

/** Brings the seller's enrollment up to date after one template began or ceased to be blocked (R3). */
export function recount(
  state: { readonly enrollments: RowSet<EnrollmentRow>; readonly blockedCounts: RowSet<BlockedCount> },
  before: ShippingTemplate,
  after: ShippingTemplate,
): void {
  const enrollment = state.enrollments.get(before.sellerId);
  const counted = state.blockedCounts.get(before.sellerId);
  if (!enrollment || !counted) return;
  if (enrollment.templateScope && !enrollment.templateScope.includes(before.id)) return;
  const change = Number(after.geState === 'blocked') - Number(before.geState === 'blocked');
  if (change === 0) return;
  const blocked = counted.blocked + change;
  state.blockedCounts.put({ ...counted, blocked });
  const recounted = recountEnrollment(enrollment, blocked);
  if (recounted !== enrollment) state.enrollments.put({ ...enrollment, ...recounted });
}
