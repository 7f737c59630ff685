import { findSeller, SellerEntity, type SellerRow, type Transaction } from '@ge/database';
import type { SellerId } from '@ge/domain';
import { found } from '../http/refused.ts';

/** Locks the seller, first in the lock order: commands of one seller are decided one after the other. Throws NotFound. */
export async function lockSeller(tx: Transaction, sellerId: SellerId): Promise<SellerRow> {
  const rows = await tx.lock(SellerEntity, [sellerId]);
  return found(rows[0]);
}

/** The seller as it is at the moment. Throws NotFound. */
export const readSeller = async (tx: Transaction, sellerId: SellerId): Promise<SellerRow> =>
  found(await findSeller(tx, sellerId));
