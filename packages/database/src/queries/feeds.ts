import { assignSkus } from '@ge/contracts';
import type { FeedId, FeedType, SellerId } from '@ge/domain';
import { FeedEntity, FeedRowEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type FeedRowRow = RowOf<typeof FeedRowEntity>;

/** Whether an earlier accepted feed of the seller, of one of these types, has not ended yet. */
export async function hasEarlierOpenFeed(
  tx: Transaction,
  sellerId: SellerId,
  commandNo: number,
  types: readonly FeedType[],
): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from feeds
      where seller_id = $1 and command_no < $2 and state in ('IN_QUEUE', 'IN_PROGRESS') and type = any($3::text[]) limit 1`,
    [sellerId, commandNo, types],
  );
  return rows.length > 0;
}

/** Whether a direct change of the seller's SKUs that was accepted earlier is still to be done. */
export async function hasEarlierOpenChange(tx: Transaction, sellerId: SellerId, commandNo: number): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from messages
      where queue = $1 and name = $2 and seller_id = $3 and state = 'ready' and command_no < $4 limit 1`,
    [assignSkus.queue, assignSkus.name, sellerId, commandNo],
  );
  return rows.length > 0;
}

/** The feed that has to end before one of the seller's with this command number can begin: the latest open one before it. */
export async function earlierOpenFeed(
  tx: Transaction,
  sellerId: SellerId,
  commandNo: number,
  types: readonly FeedType[],
): Promise<RowOf<typeof FeedEntity> | null> {
  const rows = await tx.select(
    FeedEntity,
    `where t.seller_id = $1 and t.command_no < $2 and t.state in ('IN_QUEUE', 'IN_PROGRESS') and t.type = any($3::text[])
      order by t.command_no desc limit 1`,
    [sellerId, commandNo, types],
  );
  return rows[0] ?? null;
}

/** How many of a feed's rows have warnings and no error. */
export async function countWarnedRows(tx: Transaction, feedId: FeedId): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `select count(*)::int as count from feed_rows
      where feed_id = $1 and record_no > 0 and (problems <> '[]' or outcome = 'superseded')
        and not exists (select from jsonb_array_elements(problems) as one where one->>'severity' = 'error')`,
    [feedId],
  );
  return rows[0]!.count;
}

/** Rows of a feed that were applied, behind record `after`, at most `size`. */
export const appliedRows = (tx: Transaction, feedId: FeedId, after: number, size: number): Promise<FeedRowRow[]> =>
  tx.select(
    FeedRowEntity,
    `where t.feed_id = $1 and t.record_no > $2 and t.outcome = 'applied' order by t.record_no limit $3`,
    [feedId, after, size],
  );

/** Rows that a processing report has something to say about, from record `from` on: findings, superseded, not attempted. */
export const reportableRows = (tx: Transaction, feedId: FeedId, from: number, size: number): Promise<FeedRowRow[]> =>
  tx.select(
    FeedRowEntity,
    `where t.feed_id = $1 and t.record_no >= $2
       and (t.problems <> '[]' or t.outcome in ('superseded', 'not_attempted'))
     order by t.record_no limit $3`,
    [feedId, from, size],
  );
