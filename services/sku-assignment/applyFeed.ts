import { applyFeed as contract } from '@ge/contracts';
import {
  type BlockPlace,
  closeCancelledFeeds,
  FeedEntity,
  type FeedEntityRow,
  forgetRepeatedSkus,
  giveUpFeeds,
  insertOutcomes,
  lastRowsOf,
  lockPlacedSkus,
  namedTemplatesOf,
  nextFeedBlocks,
  placeSkus,
  removeFeedBlocks,
  removeSkus,
} from '@ge/database';
import { callsTemplatesById, type Feed, indexTemplates, settleRows } from '@ge/domain';
import { batchHandler, cancel, carryOn, done, RowSet, skip } from '@ge/runtime';
import { type SettledSlice, settleSlice } from './settleSlice.ts';
import { sharesOf } from './slices.ts';
import { openSkus } from './stagedRows.ts';
import { reportAfter } from './waitingFeeds.ts';

/** A slice that was decided, and how far the feed is read with it. */
interface Slice extends SettledSlice {
  readonly feed: Feed;
  readonly after: BlockPlace;
  readonly upTo: BlockPlace;
  readonly isEnd: boolean;
}

/** Applies the staged rows of a feed slice by slice (R15, R16): outcomes, SKUs and cursor commit together. */
export const applyFeed = (sliceRows: number) =>
  batchHandler({
    contract,
    load: async (tx, [job], _now, othersWait) => {
      const { feedId, sellerId } = job!.payload;
      const feeds = new RowSet(await tx.lock(FeedEntity, [feedId]), (row) => row.id);
      const feed = feeds.get(feedId);
      const after = { rangeNo: job!.cursor?.rangeNo ?? 0, recordNo: job!.cursor?.afterRecordNo ?? 0 };
      const staged = await nextFeedBlocks(tx, feedId, after, sliceRows * sharesOf(job!, othersWait));
      const { templates, aliases } = await namedTemplatesOf(tx, [sellerId]);
      const codes = openSkus(staged.blocks);
      const skus = await lockPlacedSkus(tx, sellerId, codes);
      return {
        feeds,
        after,
        staged,
        skus,
        lastRows: staged.repeats ? await lastRowsOf(tx, feedId, codes) : new Map<string, number>(),
        index: indexTemplates(templates, aliases, feed && callsTemplatesById(feed.type)),
        slices: new RowSet<Slice>([], ({ feed }) => feed.id),
        cancelled: new RowSet<FeedEntityRow>([], (row) => row.id),
      };
    },
    decide: (job, { feeds, after, staged, skus, lastRows, index, slices, cancelled }) => {
      const feed = feeds.get(job.payload.feedId);
      if (!feed) return skip('there is no such feed');
      const report = reportAfter(job, feed);
      if (feed.state === 'CANCELLED') {
        cancelled.add(feed);
        return cancel('the feed was cancelled', { followUps: [report] });
      }
      if (feed.state !== 'IN_PROGRESS') return cancel(`the feed is ${feed.state}`);

      const slice = settleSlice(feed.id, staged.blocks, { skus, lastRows, index, commandNo: feed.commandNo });
      const settled = settleRows(feed, slice.counts);
      if (!settled.ok) throw new Error(settled.refusals.map((refusal) => refusal.code).join(', '));
      const { upTo, isEnd } = staged;
      feeds.put({ ...feed, ...settled.value });
      slices.add({ ...slice, feed, after, upTo, isEnd });

      const progress = { counts: { ...slice.counts } };
      if (!isEnd) return carryOn({ rangeNo: upTo.rangeNo, afterRecordNo: upTo.recordNo }, { progress });
      return done({ progress, followUps: [report] });
    },
    save: async (tx, { feeds, slices, cancelled }) => {
      await closeCancelledFeeds(tx, cancelled.added());
      for (const { feed, plain, withMore, placement, removed, after, upTo, isEnd } of slices.added()) {
        const { id: feedId, sellerId, commandNo, dryRun } = feed;
        if (!dryRun) {
          await removeSkus(tx, sellerId, removed);
          await placeSkus(tx, sellerId, commandNo, placement);
        }
        await insertOutcomes(tx, feedId, plain, withMore);
        await removeFeedBlocks(tx, feedId, after, upTo);
        if (isEnd) await forgetRepeatedSkus(tx, [feedId]);
      }
      await tx.update(FeedEntity, feeds.changed(), ['settledRows', 'counts']);
    },
    onDead: giveUpFeeds('applying'),
  });
