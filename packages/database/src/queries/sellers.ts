import type { CommandNo, CountryCode, OrderId, SellerId } from '@ge/domain';
import {
  EnrollmentEntity,
  InvitationEntity,
  RegionSettingEntity,
  SellerAddressEntity,
  SellerEntity,
} from '../entities/index.ts';
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

export type SellerRow = RowOf<typeof SellerEntity>;

export async function findSeller(tx: Transaction, id: SellerId): Promise<SellerRow | null> {
  const rows = await tx.select(SellerEntity, 'where t.id = $1', [id]);
  return rows[0] ?? null;
}

/** The sellers known under a mail address, whatever its case; two at most, since more than one is all there is to know. */
export async function sellersByEmail(tx: Transaction, email: string): Promise<readonly SellerId[]> {
  const rows = await tx.query<{ id: SellerId }>(
    'select id from sellers where lower(email) = lower($1) order by id limit 2',
    [email],
  );
  return rows.map((row) => row.id);
}

/** Draws the next place in the seller's order of commands. Lock the seller first; the row's own `commandNo` is then old. */
export async function drawCommandNo(tx: Transaction, sellerId: SellerId): Promise<CommandNo> {
  const rows = await tx.query<{ command_no: string }>(
    'update sellers set command_no = command_no + 1 where id = $1 returning command_no',
    [sellerId],
  );
  return Number(rows[0]!.command_no);
}

/** One page of all sellers in id order. */
export const sellersPage = (
  tx: Transaction,
  wanted: { readonly country: CountryCode | null; readonly after: string | null; readonly limit: number },
): Promise<SellerRow[]> =>
  tx.select(SellerEntity, 'where t.id > $1 and ($2::text is null or t.country = $2) order by t.id limit $3', [
    wanted.after ?? '',
    wanted.country,
    wanted.limit,
  ]);

/** One page of a seller's address book in id order. */
export const addressesPage = (
  tx: Transaction,
  wanted: { readonly sellerId: SellerId; readonly after: string | null; readonly limit: number },
): Promise<RowOf<typeof SellerAddressEntity>[]> =>
  tx.select(SellerAddressEntity, 'where t.seller_id = $1 and t.id > $2 order by t.id limit $3', [
    wanted.sellerId,
    wanted.after ?? '',
    wanted.limit,
  ]);

/** GE orders a seller still has to ship, whatever becomes of the templates (R21). */
export async function countPendingOrders(tx: Transaction, sellerId: SellerId): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `select count(*)::int as count from orders
      where seller_id = $1 and is_global_express and state in ('pending', 'held')`,
    [sellerId],
  );
  return rows[0]!.count;
}
