import {
  bookTransfers,
  type Database,
  OrderEntity,
  type OrderRow,
  SellerAddressEntity,
  SellerEntity,
  SkuEntity,
  type Transaction,
} from '@ge/database';
import { type AddressId, type OrderId, type SellerId, takeDeposit } from '@ge/domain';
import { orderRow, sellerRow, skuRow } from '../rows.ts';
import { exportData, shipFrom, shipTo } from './parcels.ts';

const sellers = 50;

/** One of the fifty that very many orders are placed with. */
export const sellerNo = (no: number) => `S-${no % sellers}` as SellerId;
export const shipFromOf = (sellerId: SellerId) => `adr_${sellerId.slice(2)}` as AddressId;
export const orderIdOf = (no: number) => `111-0000000-${String(no).padStart(7, '0')}` as OrderId;

/** Orders by their numbers. */
export interface PlacedOrders {
  readonly count: number;
  /** Number of the first order. */
  readonly from?: number;
  /** What each buyer has deposited for import fees, in cents. */
  readonly depositMinor?: number;
  /** All of one seller; of every seller in turn unless told. */
  readonly sellerId?: SellerId;
}

/** Pending orders of one piece each that no label was asked for, in one transaction. */
export async function placeOrders(database: Database, placed: PlacedOrders): Promise<readonly OrderId[]> {
  await putSellers(database);
  const { from = 0, count } = placed;
  const now = new Date();
  const orders = Array.from({ length: count }, (_, index) => orderNo(from + index, placed, now));
  await database.transaction((tx) => insertOrders(tx, orders, now));
  return orders.map(({ id }) => id);
}

/** The sellers, each with an address and what is ordered of it; those that are there stay as they are. */
export const putSellers = (database: Database): Promise<void> =>
  database.transaction(async (tx) => {
    const all = Array.from({ length: sellers }, (_, no) => sellerNo(no));
    await tx.insert(
      SellerEntity,
      all.map((id) => sellerRow(id, { generalAddressId: shipFromOf(id) })),
      true,
    );
    await tx.insert(
      SellerAddressEntity,
      all.map((id) => ({ id: shipFromOf(id), sellerId: id, address: shipFrom })),
      true,
    );
    await tx.insert(
      SkuEntity,
      all.map((id) => skuRow(id, 'SKU-1', 'T-1', { exportData })),
      true,
    );
  });

export function orderNo(no: number, { depositMinor, sellerId = sellerNo(no) }: PlacedOrders, now: Date): OrderRow {
  const shipBy = new Date(now.getTime() + 86_400_000);
  const importFeeDeposit = depositMinor === undefined ? null : ({ minor: depositMinor, currency: 'USD' } as const);
  return orderRow(sellerId, orderIdOf(no), { shipTo, shipBy, createdAt: now, importFeeDeposit });
}

/** The orders, and what their buyers have deposited. */
export async function insertOrders(tx: Transaction, orders: readonly OrderRow[], now: Date): Promise<void> {
  await tx.insert(OrderEntity, orders);
  await bookTransfers(
    tx,
    orders.flatMap((order) => takeDeposit(order, now)),
  );
}
