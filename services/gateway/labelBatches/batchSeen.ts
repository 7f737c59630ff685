import { findLabelBatch, LabelBatchEntity, type LabelBatchRow, type Transaction } from '@ge/database';
import type { LabelBatchId } from '@ge/domain';
import { type Access, sees } from '../http/access.ts';
import { found, NotFound } from '../http/refused.ts';

/** The batch, if the key may see it. Throws NotFound. */
export async function batchSeen(tx: Transaction, access: Access, id: LabelBatchId): Promise<LabelBatchRow> {
  const batch = found(await findLabelBatch(tx, id));
  if (!sees(access, batch.sellerId)) throw new NotFound();
  return batch;
}

/**
 * The same, locked: whoever is about to send one of its labels has done so before, or sees what becomes of the batch. Nothing but
 * its waiting items is locked afterwards. A foreign batch is not locked.
 */
export async function lockBatchSeen(tx: Transaction, access: Access, id: LabelBatchId): Promise<LabelBatchRow> {
  await batchSeen(tx, access, id);
  const [batch] = await tx.lock(LabelBatchEntity, [id]);
  return found(batch);
}
