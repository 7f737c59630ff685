import type { OrderId, SellerId } from '@ge/domain';
import { EnrollmentEntity, InvitationEntity, RegionSettingEntity, SellerAddressEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

/** The next sellers of the whole marketplace in id order, unlocked: lock them by id afterwards. */
export async function sellersAfter(tx: Transaction, after: SellerId | null, size: number): Promise<SellerId[]> {
  const rows = await tx.query<{ id: SellerId }>('select id from sellers where id > $1 order by id limit $2', [
    after ?? '',
    size,
  ]);
  return rows.map((row) => row.id);
}

export const addressesOfSellers = (
  tx: Transaction,
  sellerIds: readonly SellerId[],
): Promise<RowOf<typeof SellerAddressEntity>[]> =>
  tx.select(SellerAddressEntity, 'where t.seller_id = any($1::text[]) order by t.id', [sellerIds]);

/** The newest region setting of each seller that ever saved one. */
export const newestRegionSettings = (
  tx: Transaction,
  sellerIds: readonly SellerId[],
): Promise<RowOf<typeof RegionSettingEntity>[]> =>
  tx.select(
    RegionSettingEntity,
    'where (t.seller_id, t.version) in (select id, region_setting_version from sellers where id = any($1::text[]))',
    [sellerIds],
  );

/** The invitations of these sellers in state `open`, at most one each, locked in id order. Lock the sellers first. */
export const lockOpenInvitations = (
  tx: Transaction,
  sellerIds: readonly SellerId[],
): Promise<RowOf<typeof InvitationEntity>[]> =>
  tx.select(
    InvitationEntity,
    `where t.seller_id = any($1::text[]) and t.state = 'open' order by t.id for no key update of t`,
    [sellerIds],
  );

/** The enrollments of these sellers, locked in seller order. Lock the sellers first. */
export const lockEnrollments = (
  tx: Transaction,
  sellerIds: readonly SellerId[],
): Promise<RowOf<typeof EnrollmentEntity>[]> => tx.lock(EnrollmentEntity, [...new Set(sellerIds)]);

/** The GE orders these sellers still have to ship (R21), the most urgent first. */
export async function pendingOrdersOf(
  tx: Transaction,
  sellerIds: readonly SellerId[],
): Promise<{ readonly sellerId: SellerId; readonly orderId: OrderId; readonly shipBy: Date }[]> {
  const rows = await tx.query<{ seller_id: SellerId; id: OrderId; ship_by: string | Date }>(
    `select seller_id, id, ship_by from orders
      where seller_id = any($1::text[]) and is_global_express and state in ('pending', 'held') order by ship_by, id`,
    [sellerIds],
  );
  return rows.map((row) => ({ sellerId: row.seller_id, orderId: row.id, shipBy: new Date(row.ship_by) }));
}
