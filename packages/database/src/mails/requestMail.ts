import { sendMail } from '@ge/contracts';
import type { Invitation, MailId, OperationId, SellerId } from '@ge/domain';
import type { MailEntity, MailKind } from '../entities/index.ts';
import { newId } from '../identity/newId.ts';
import { type Outgoing, outgoing } from '../messages/append.ts';
import type { RowOf } from '../rows/table.ts';

export type MailRow = RowOf<typeof MailEntity>;

/** What a mail is about. Only what cannot be read from other rows when it is sent goes into `params`. */
export interface MailRequest {
  readonly sellerId: SellerId;
  readonly kind: MailKind;
  /** For an invitation or its reminder: the mail goes out only while this revision is open. */
  readonly invitation?: Pick<Invitation, 'id' | 'revision'>;
  readonly params?: MailRow['params'];
  /** The operation that is to wait until the mail server has accepted the mail. */
  readonly operationId?: OperationId | string | null;
}

/** A mail that is owed: the row to insert, and the message that sends it. Nothing personal or secret is in either. */
export function requestMail(request: MailRequest, now: Date): { readonly mail: MailRow; readonly message: Outgoing } {
  const mail: MailRow = {
    id: newId<MailId>('mail'),
    sellerId: request.sellerId,
    kind: request.kind,
    invitationId: request.invitation?.id ?? null,
    revision: request.invitation?.revision ?? 0,
    params: request.params ?? {},
    state: 'requested',
    fence: 0,
    leaseUntil: null,
    unknownOutcomes: 0,
    reason: null,
    createdAt: now,
    endedAt: null,
  };
  const { sellerId, operationId = null } = request;
  return { mail, message: outgoing(sendMail, { payload: { mailId: mail.id }, sellerId, operationId }) };
}
