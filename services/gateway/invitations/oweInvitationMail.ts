import { expireInvitation, remindInvitation } from '@ge/contracts';
import { appendMessages, MailEntity, outgoing, requestMail, startOperation, type Transaction } from '@ge/database';
import { type Invitation, reminderDueAt } from '@ge/domain';

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
  const { id: invitationId, revision, sellerId } = invitation;
  const { mail, message } = requestMail({ sellerId, kind: 'invitation', invitation }, now);
  await tx.insert(MailEntity, [mail]);
  const payload = { invitationId, revision };
  await appendMessages(tx, [
    outgoing(remindInvitation, { payload, sellerId, dueAt: reminderDueAt(invitation) }),
    outgoing(expireInvitation, { payload, sellerId, dueAt: invitation.expiresAt }),
  ]);
  return startOperation(tx, { kind, sellerId, now }, [message]);
}
