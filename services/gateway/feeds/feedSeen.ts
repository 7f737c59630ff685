import { FeedEntity, type FeedEntityRow, findFeed, type Transaction } from '@ge/database';
import type { FeedId } from '@ge/domain';
import { type Access, sees } from '../http/access.ts';
import { found, NotFound } from '../http/refused.ts';

/** The feed, if the key may see it. Throws NotFound. */
export async function feedSeen(tx: Transaction, access: Access, id: FeedId): Promise<FeedEntityRow> {
  const feed = found(await findFeed(tx, id));
  if (!sees(access, feed.sellerId)) throw new NotFound();
  return feed;
}

/** The same, locked. A foreign feed is not locked. */
export async function lockFeedSeen(tx: Transaction, access: Access, id: FeedId): Promise<FeedEntityRow> {
  await feedSeen(tx, access, id);
  const [feed] = await tx.lock(FeedEntity, [id]);
  return found(feed);
}
