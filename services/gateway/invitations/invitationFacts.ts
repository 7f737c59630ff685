import { InvitationEntity, lockEnrollments, lockOpenInvitations, type SellerRow, type Transaction } from '@ge/database';
import { expireInvitation } from '@ge/domain';

/**
 * What decides whether a locked seller may be invited. An invitation past its time that nobody has looked at since ends
 * here (R1): it no longer counts, and the next one could not be opened beside it.
 */
export async function invitationFacts(tx: Transaction, seller: SellerRow, now: Date) {
  const [enrollment = null] = await lockEnrollments(tx, [seller.id]);
  const [found = null] = await lockOpenInvitations(tx, [seller.id]);
  const invitation = found && expireInvitation(found, now);
  if (invitation && invitation !== found) await tx.update(InvitationEntity, [invitation], ['state', 'endedAt']);
  return { seller, enrollment, openInvitation: invitation?.state === 'open' ? invitation : null };
}
