import { LabelPurchaseEntity, type LabelRow, OrderEntity, type OrderRow, type Transaction } from '@ge/database';
import type { LabelId } from '@ge/domain';
import { type Access, sees } from '../http/access.ts';
import { found, NotFound } from '../http/refused.ts';

/** The label, if the key may see it. Throws NotFound. */
export async function labelSeen(tx: Transaction, access: Access, id: LabelId): Promise<LabelRow> {
  const [row] = await tx.find(LabelPurchaseEntity, [id]);
  const label = found(row);
  if (!sees(access, label.sellerId)) throw new NotFound();
  return label;
}

/** The same, locked after its order: with the order nobody else changes the outcome of a label. */
export async function lockLabelSeen(
  tx: Transaction,
  access: Access,
  id: LabelId,
): Promise<{ readonly order: OrderRow; readonly label: LabelRow }> {
  const { orderId } = await labelSeen(tx, access, id);
  const [order] = await tx.lock(OrderEntity, [orderId]);
  const [label] = await tx.lock(LabelPurchaseEntity, [id]);
  return { order: found(order), label: found(label) };
}
