import { lockEnrollments, lockOpenInvitations, type SellerRow, type Transaction } from '@ge/database';

/** What decides whether a locked seller may be invited. */
export async function invitationFacts(tx: Transaction, seller: SellerRow) {
  const [enrollment = null] = await lockEnrollments(tx, [seller.id]);
  const [openInvitation = null] = await lockOpenInvitations(tx, [seller.id]);
  return { seller, enrollment, openInvitation };
}
