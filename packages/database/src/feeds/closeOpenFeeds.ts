import {
  cancelledProblem,
  closeCancelledFeed,
  type FeedCounts,
  type FeedId,
  type FeedProblem,
  type FeedRowOutcome,
  tallyOutcomes,
} from '@ge/domain';
import { FeedEntity } from '../entities/index.ts';
import { forgetRepeatedSkus, giveUpBlocks } from '../queries/feedBlocks.ts';
import type { FeedEntityRow } from '../queries/feedsOfSeller.ts';
import type { Transaction } from '../transaction.ts';

export interface ClosedFeed {
  readonly feed: FeedEntityRow;
  /** Of all rows read, each with its outcome. */
  readonly outcomes: FeedCounts;
}

/**
 * Locks those of the feeds that have not ended and closes their rows: what has no outcome was not attempted, and record 0,
 * the file as a whole, says why.
 */
export async function closeOpenFeeds(
  tx: Transaction,
  ids: readonly FeedId[],
  why: FeedProblem,
): Promise<readonly ClosedFeed[]> {
  const feeds = (await tx.lock(FeedEntity, ids)).filter(({ state }) => state === 'IN_QUEUE' || state === 'IN_PROGRESS');
  return closeRows(tx, feeds, why);
}

/** Closes what is open of the rows of feeds that are locked. */
async function closeRows(
  tx: Transaction,
  feeds: readonly FeedEntityRow[],
  why: FeedProblem,
): Promise<readonly ClosedFeed[]> {
  if (feeds.length === 0) return [];
  const open = feeds.map((feed) => feed.id);
  await giveUpBlocks(tx, open);
  await forgetRepeatedSkus(tx, open);
  await tx.query(
    `insert into feed_rows (feed_id, record_no, sku, problems)
     select id, 0, '', jsonb_build_array($2::jsonb) from unnest($1::text[]) as given(id)
     on conflict (feed_id, record_no) do update set problems = feed_rows.problems || excluded.problems`,
    [open, JSON.stringify(why)],
  );
  const rows = await tx.query<{ feed_id: FeedId; outcome: FeedRowOutcome; count: number }>(
    `select feed_id, outcome, count(*)::int as count from feed_rows
      where feed_id = any($1::text[]) and record_no > 0 group by feed_id, outcome`,
    [open],
  );
  return feeds.map((feed) => ({
    feed,
    outcomes: tallyOutcomes(rows.filter((row) => row.feed_id === feed.id)),
  }));
}

/** Closes the rows of cancelled feeds, which are locked: what has no outcome was not attempted, and record 0 says why. */
export async function closeCancelledFeeds(tx: Transaction, feeds: readonly FeedEntityRow[]): Promise<void> {
  const closed = (await closeRows(tx, feeds, cancelledProblem)).map(({ feed, outcomes }) => {
    const decision = closeCancelledFeed(feed, outcomes);
    if (!decision.ok) throw new Error(decision.refusals.map((refusal) => refusal.code).join(', '));
    return { ...feed, ...decision.value };
  });
  await tx.update(FeedEntity, closed, ['settledRows', 'counts']);
}
