import type { FeedId, FeedState, SellerId } from '@ge/domain';
import type { Database } from '../database.ts';
import { FeedEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type FeedEntityRow = RowOf<typeof FeedEntity>;

export async function findFeed(tx: Transaction, id: FeedId): Promise<FeedEntityRow | null> {
  const rows = await tx.find(FeedEntity, [id]);
  return rows[0] ?? null;
}

/** The feeds with these ids, for whoever follows them; those that are not there are left out. */
export const findFeeds = (database: Database, ids: readonly string[]): Promise<FeedEntityRow[]> =>
  database.transaction((tx) => tx.find(FeedEntity, ids));

/** A seller's feeds, the last accepted first; `before` is the command number of the last one seen. */
export const feedsOfSeller = (
  tx: Transaction,
  wanted: {
    readonly sellerId: SellerId;
    readonly state: FeedState | null;
    readonly before: number | null;
    readonly limit: number;
  },
): Promise<FeedEntityRow[]> =>
  tx.select(
    FeedEntity,
    `where t.seller_id = $1 and ($2::text is null or t.state = $2) and ($3::bigint is null or t.command_no < $3)
     order by t.command_no desc limit $4`,
    [wanted.sellerId, wanted.state, wanted.before, wanted.limit],
  );
