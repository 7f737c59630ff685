import { applyFeed, takeInFeed as contract, writeFeedReport } from '@ge/contracts';
import {
  closeCancelledFeeds,
  FeedBlockEntity,
  type FeedBlockRow,
  FeedEntity,
  type FeedEntityRow,
  FeedRowEntity,
  type FeedRowRow,
  giveUpFeeds,
  hasEarlierOpenFeed,
  noteRepeatedSkus,
  outgoing,
  wakeNextFeed,
} from '@ge/database';
import { readDocument } from '@ge/documents';
import type { FeedId, FeedProblem } from '@ge/domain';
import { assignmentFeedTypes, failFeed, stageRows, startFeed } from '@ge/domain';
import { type FeedCheckpoint, readFeedSlice, WorkbookMemory } from '@ge/feeds';
import { batchHandler, cancel, carryOn, done, RowSet, skip, snooze } from '@ge/runtime';
import { skuRangesOf } from './skuRanges.ts';
import { sharesOf } from './slices.ts';
import { blocksOf } from './stagedRows.ts';
import { granted, pauseBeforeNextLook } from './waitingFeeds.ts';

/**
 * Reads an uploaded feed once, as a stream, into blocks of rows; each slice commits with the place where the next begins.
 * @param workbooks what this process remembers of them between their slices
 */
export const takeInFeed = (sliceRows: number, workbooks = new WorkbookMemory()) =>
  batchHandler({
    contract,
    load: async (tx, [job], _now, othersWait) => {
      const feeds = new RowSet(await tx.lock(FeedEntity, [job!.payload.feedId]), (row) => row.id);
      const feed = feeds.get(job!.payload.feedId);
      const waits = feed ? await hasEarlierOpenFeed(tx, feed.sellerId, feed.commandNo, assignmentFeedTypes) : false;
      const readable = feed && !waits && (feed.state === 'IN_QUEUE' || feed.state === 'IN_PROGRESS');
      const slice = readable
        ? await readFeedSlice(
            (from) => readDocument(tx, feed.documentId, from),
            feed.type,
            (job!.cursor as FeedCheckpoint | null) ?? null,
            sliceRows * sharesOf(job!, othersWait),
            workbooks.of(feed.documentId),
          )
        : null;
      if (feed?.state === 'CANCELLED') workbooks.forget(feed.documentId);
      return {
        feeds,
        waits,
        slice,
        cancelled: new RowSet<FeedEntityRow>([], (row) => row.id),
        blocks: new RowSet<FeedBlockRow>([], (block) => `${block.rangeNo} ${block.firstRecordNo}`),
        /** Record 0: what is said of the file as a whole. */
        ofFile: new RowSet<FeedRowRow>([], (row) => row.feedId),
      };
    },
    decide: (job, { feeds, waits, slice, cancelled, blocks, ofFile }, now) => {
      const feed = feeds.get(job.payload.feedId);
      if (!feed) return skip('there is no such feed');
      const { sellerId } = feed;
      const next = { payload: { feedId: feed.id, sellerId }, sellerId, operationId: job.message.operationId };
      if (feed.state === 'CANCELLED') {
        cancelled.add(feed);
        return cancel('the feed was cancelled', { followUps: [outgoing(writeFeedReport, next)] });
      }
      if (waits) return snooze(pauseBeforeNextLook(job.message.snoozes), 'an earlier feed of the seller has not ended');
      if (!slice) return skip(`the feed is ${feed.state}`);

      const started = feed.state === 'IN_QUEUE' ? granted(startFeed(feed, now)) : feed;
      if (slice.fatal) {
        ofFile.add(aboutFile(feed.id, [slice.fatal.problem]));
        feeds.put({ ...feed, ...granted(failFeed(started, slice.fatal.code, null, now)) });
        return done({ followUps: [outgoing(writeFeedReport, next)] });
      }
      // A file that fits into one slice has nothing to gain from being parted.
      const ranges = job.cursor?.ranges ?? (job.cursor === null && slice.next ? skuRangesOf(slice.records) : []);
      for (const block of blocksOf(feed.id, slice.records, sliceRows, ranges)) blocks.add(block);
      for (const { recordNo, problems } of slice.records) if (recordNo === 0) ofFile.add(aboutFile(feed.id, problems));
      const rows = slice.records.filter((record) => record.recordNo > 0).length;
      feeds.put({ ...feed, ...granted(stageRows(started, rows, slice.next?.byteOffset ?? feed.fileBytes)) });
      const progress = { counts: { rowsStaged: rows } };
      if (slice.next) return carryOn({ ...slice.next, ranges }, { progress });
      return done({ progress, followUps: [outgoing(applyFeed, next)] });
    },
    save: async (tx, { feeds, slice, cancelled, blocks, ofFile }) => {
      await closeCancelledFeeds(tx, cancelled.added());
      await tx.insert(FeedRowEntity, ofFile.added());
      await tx.insert(FeedBlockEntity, blocks.added());
      for (const { id, state } of feeds.changed())
        if (state === 'IN_PROGRESS' && !slice?.next) await noteRepeatedSkus(tx, id);
      await tx.update(FeedEntity, feeds.changed());
      for (const feed of feeds.changed()) if (feed.state === 'FATAL') await wakeNextFeed(tx, feed);
    },
    onDead: giveUpFeeds('reading'),
  });

const aboutFile = (feedId: FeedId, problems: readonly FeedProblem[]): FeedRowRow => ({
  feedId,
  recordNo: 0,
  sku: '',
  templateName: null,
  detail: null,
  outcome: null,
  templateId: null,
  formerTemplateId: null,
  problems,
});
