import { routes } from '@ge/api';
import { FeedEntity, type FeedEntityRow, feedsOfSeller, wakeFeed, wakeNextFeed } from '@ge/database';
import { cancelFeed as decideCancel, type FeedState } from '@ge/domain';
import { documentReply } from '../http/documentReply.ts';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { decided } from '../http/refused.ts';
import { readSeller } from '../sellers/lockSeller.ts';
import { statesOf } from '../streams/statesOf.ts';
import { feedSeen, lockFeedSeen } from './feedSeen.ts';

export const listFeeds = handle(routes.feeds.listFeeds, async ({ tx, params, query }) => {
  const seller = await readSeller(tx, params.sellerId);
  const { state = null, cursor, limit } = query;
  const before = cursor === undefined ? null : Number(cursor);
  const rows = await feedsOfSeller(tx, { sellerId: seller.id, state, before, limit: limit + 1 });
  return { status: 200, body: pageOf(rows, limit, ({ commandNo }) => String(commandNo)) };
});

export const getFeed = handle(routes.feeds.getFeed, async ({ tx, access, params }) => ({
  status: 200,
  body: await feedSeen(tx, access, params.feedId),
}));

const openStates: readonly FeedState[] = ['IN_QUEUE', 'IN_PROGRESS'];

export const followFeed = handle(routes.feeds.followFeed, async ({ tx, access, params, surroundings }) => {
  const feed = await feedSeen(tx, access, params.feedId);
  const event = (row: FeedEntityRow) => ({
    id: String(row.stagedRows + row.settledRows),
    data: row,
    // The rows of a cancelled feed are closed by its message.
    isLast: !openStates.includes(row.state) && row.settledRows === row.stagedRows,
  });
  return { status: 200, events: (signal) => statesOf(surroundings.streams.feeds, feed, event, signal) };
});

/** Its message finds it cancelled, closes its rows and has the report written. */
export const cancelFeed = handle(routes.feeds.cancelFeed, async ({ tx, access, params, now }) => {
  const feed = await lockFeedSeen(tx, access, params.feedId);
  const cancelled = { ...feed, ...decided(decideCancel(feed, now)) };
  await tx.update(FeedEntity, [cancelled], ['state', 'endedAt', 'counts']);
  await wakeFeed(tx, cancelled);
  await wakeNextFeed(tx, cancelled);
  return { status: 200, body: cancelled };
});

export const downloadFeed = handle(routes.feeds.downloadFeed, async (call) => {
  const feed = await feedSeen(call.tx, call.access, call.params.feedId);
  return documentReply(call, feed.documentId);
});
