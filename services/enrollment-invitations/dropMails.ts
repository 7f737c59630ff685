import { databaseTime, MailEntity } from '@ge/database';
import type { MailId } from '@ge/domain';
import type { OnDead } from '@ge/runtime';
import { isBeingSent, mailPointless } from './mailAttempt.ts';

/** Ends the mails of cancelled messages; one that is in the hands of the mail server right now ends by what that answers. */
export const dropMails: OnDead = async (tx, cancelled, now) => {
  const ids = cancelled.map(({ message }) => mailIdOf(message.payload));
  const mails = await tx.lock(MailEntity, [...new Set(ids)]);
  const databaseNow = await databaseTime(tx);
  const open = mails.filter((mail) => !mail.endedAt && !isBeingSent(mail, databaseNow));
  await tx.update(
    MailEntity,
    open.map((mail) => mailPointless(mail, 'cancelled by operations', now)),
  );
  return [];
};

const mailIdOf = (payload: unknown): MailId => String((payload as { mailId?: unknown } | null)?.mailId ?? '') as MailId;
