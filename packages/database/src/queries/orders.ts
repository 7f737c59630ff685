import type { OrderId, OrderState, SellerId, ShippedOrder } from '@ge/domain';
import { OrderEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type OrderRow = RowOf<typeof OrderEntity>;

export async function findOrder(tx: Transaction, id: OrderId): Promise<OrderRow | null> {
  const rows = await tx.find(OrderEntity, [id]);
  return rows[0] ?? null;
}

/** An order with what is looked at of it once labels, confirmations and payouts are about it. */
export type ShippedOrderRow = ShippedOrder & Pick<OrderRow, 'id' | 'sellerId'>;

/** Locks orders to decide about their labels, confirmations or payouts; missing ones are absent. */
export const lockShippedOrders = (tx: Transaction, orderIds: readonly OrderId[]): Promise<ShippedOrderRow[]> =>
  tx.lock(OrderEntity, orderIds, 'for no key update', [
    'id',
    'sellerId',
    'isGlobalExpress',
    'lines',
    'state',
    'shipBy',
    'confirmedAt',
    'payout',
    'payoutReason',
  ]);

/** A seller's orders in id order; `after` is the id of the last one seen. */
export const ordersOfSeller = (
  tx: Transaction,
  wanted: {
    readonly sellerId: SellerId;
    readonly state: OrderState | null;
    readonly after: string | null;
    readonly limit: number;
  },
): Promise<OrderRow[]> =>
  tx.select(
    OrderEntity,
    `where t.seller_id = $1 and ($2::text is null or t.state = $2) and t.id > $3 order by t.id limit $4`,
    [wanted.sellerId, wanted.state, wanted.after ?? '', wanted.limit],
  );

/** A page of the GE orders a seller still has to ship (R21), the most urgent first; `after` is the last one seen. */
export const dutiesOfSeller = (
  tx: Transaction,
  sellerId: SellerId,
  after: { readonly shipBy: Date; readonly id: string } | null,
  limit: number,
): Promise<OrderRow[]> =>
  tx.select(
    OrderEntity,
    `where t.seller_id = $1 and t.is_global_express and t.state in ('pending', 'held')
       and ($2::timestamptz is null or (t.ship_by, t.id) > ($2::timestamptz, $3))
     order by t.ship_by, t.id limit $4`,
    [sellerId, after?.shipBy ?? null, after?.id ?? '', limit],
  );

/** Those of these orders that are the seller's own, locked in id order; nobody else's row is touched. */
export const lockOrdersOf = (tx: Transaction, sellerId: SellerId, ids: readonly OrderId[]): Promise<OrderRow[]> =>
  tx.select(OrderEntity, 'where t.id = any($2::text[]) and t.seller_id = $1 order by t.id for no key update of t', [
    sellerId,
    ids,
  ]);
