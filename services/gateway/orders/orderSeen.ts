import { findOrder, OrderEntity, type OrderRow, type Transaction } from '@ge/database';
import type { OrderId } from '@ge/domain';
import { type Access, sees } from '../http/access.ts';
import { found, NotFound } from '../http/refused.ts';

/** The order, if the key may see it. Throws NotFound. */
export async function orderSeen(tx: Transaction, access: Access, id: OrderId): Promise<OrderRow> {
  const order = found(await findOrder(tx, id));
  if (!sees(access, order.sellerId)) throw new NotFound();
  return order;
}

/** The same, locked; with it nobody else decides about its labels. A foreign order is not locked. */
export async function lockOrderSeen(tx: Transaction, access: Access, id: OrderId): Promise<OrderRow> {
  await orderSeen(tx, access, id);
  const [order] = await tx.lock(OrderEntity, [id]);
  return found(order);
}
