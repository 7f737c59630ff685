import {
  bookTransfers,
  ChargeReclaimEntity,
  LabelPurchaseEntity,
  StatementDifferenceEntity,
  type Transaction,
} from '@ge/database';
import type { Books } from './loadBooks.ts';

/** Writes down what a page brought. */
export async function saveJudged(tx: Transaction, { labels, transfers, differences, reclaims }: Books): Promise<void> {
  await bookTransfers(tx, transfers.added());
  await tx.update(LabelPurchaseEntity, labels.changed(), ['state', 'fence', 'leaseUntil', 'sentAt']);
  await tx.insert(StatementDifferenceEntity, differences.added());
  await tx.insert(ChargeReclaimEntity, reclaims.added());
  await tx.update(StatementDifferenceEntity, differences.changed());
}
