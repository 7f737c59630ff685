import type { SellerId } from '@ge/domain';
import { MailEntity } from '../entities/index.ts';
import type { Transaction } from '../transaction.ts';
import type { MailRow } from './requestMail.ts';

/** The reminders that were ever requested for these sellers. */
export const remindersOf = (tx: Transaction, sellerIds: readonly SellerId[]): Promise<MailRow[]> =>
  tx.select(MailEntity, `where t.seller_id = any($1::text[]) and t.kind = 'invitation-reminder'`, [sellerIds]);
