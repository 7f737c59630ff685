import { revertFeed, takeInFeed } from '@ge/contracts';
import { assignmentFeedTypes, type Feed, type FeedId } from '@ge/domain';
import type { Transaction } from '../transaction.ts';

/** Jobs that wait for the seller's earlier feeds. */
const beginning = [takeInFeed.name, revertFeed.name];

/** Has the message of a feed that waits for its turn look again at once. One that is being run is left alone. */
export async function wakeFeed(tx: Transaction, { id, sellerId }: Pick<Feed, 'id' | 'sellerId'>): Promise<void> {
  await tx.query(
    `update messages set due_at = now() where id in (
       select id from messages
        where queue = $1 and name = any($2::text[]) and seller_id = $3 and state = 'ready' and due_at > now() and payload->>'feedId' = $4
        for update skip locked)`,
    [takeInFeed.queue, beginning, sellerId, id],
  );
}

/**
 * Has the seller's next feed look at once whether its turn has come, now that this one has ended. Where it is just looking, it is
 * waited for: it may have seen this one open.
 */
export async function wakeNextFeed(tx: Transaction, { sellerId, commandNo, type }: Feed): Promise<void> {
  if (!assignmentFeedTypes.includes(type)) return;
  const next = await tx.query<{ id: FeedId }>(
    `select id from feeds
      where seller_id = $1 and command_no > $2 and state = 'IN_QUEUE' and type = any($3::text[])
      order by command_no limit 1`,
    [sellerId, commandNo, assignmentFeedTypes],
  );
  if (next.length === 0) return;
  await tx.query(
    `select id from messages
      where queue = $1 and name = any($2::text[]) and seller_id = $3 and state = 'ready' and payload->>'feedId' = $4 for update`,
    [takeInFeed.queue, beginning, sellerId, next[0]!.id],
  );
  await wakeFeed(tx, { id: next[0]!.id, sellerId });
}
