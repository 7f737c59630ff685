import { appendMessages, courseOf, MailEntity, requestMail, startOperation, type Transaction } from '@ge/database';
import type { Invitation } from '@ge/domain';

/**
 * Owes the mail of an invitation that was just opened or reissued, its reminder and its expiry (R1). Returns the
 * operation, which ends when the mail server has accepted the mail; reminder and expiry are no part of it.
 */
export async function oweInvitationMail(
  tx: Transaction,
  invitation: Invitation,
  kind: string,
  now: Date,
): Promise<string> {
  const { sellerId } = invitation;
  const { mail, message } = requestMail({ sellerId, kind: 'invitation', invitation }, now);
  await tx.insert(MailEntity, [mail]);
  await appendMessages(tx, courseOf(invitation));
  return startOperation(tx, { kind, sellerId, now }, [message]);
}
