import { revertFeed as contract } from '@ge/contracts';
import {
  appliedRows,
  closeCancelledFeeds,
  FeedEntity,
  type FeedEntityRow,
  giveUpFeeds,
  hasEarlierOpenChange,
  hasEarlierOpenFeed,
  insertOutcomes,
  lockPlacedSkus,
  namedTemplatesOf,
  type Placement,
  placeSkus,
} from '@ge/database';
import {
  assignmentFeedTypes,
  decideRevertedRow,
  type Feed,
  indexTemplates,
  type SkuCode,
  settleRows,
  stageRows,
  startFeed,
} from '@ge/domain';
import { batchHandler, cancel, carryOn, done, RowSet, skip, snooze } from '@ge/runtime';
import { placementOf, type WrittenOutcomes, writtenOutcomes } from './settleSlice.ts';
import { sharesOf } from './slices.ts';
import { granted, pauseBeforeNextLook, reportAfter } from './waitingFeeds.ts';

interface Slice extends WrittenOutcomes {
  readonly feed: Feed;
  readonly placement: Placement;
}

/** Takes back what an ended feed did (R15): its applied rows slice by slice; outcomes, SKUs and cursor commit together. */
export const revertFeed = (sliceRows: number) =>
  batchHandler({
    contract,
    load: async (tx, [job], _now, othersWait) => {
      const { feedId, sellerId } = job!.payload;
      const feeds = new RowSet(await tx.lock(FeedEntity, [feedId]), (row) => row.id);
      const feed = feeds.get(feedId);
      // Whatever was accepted before it has changed a SKU "since", whenever it is done.
      const waits =
        feed?.state === 'IN_QUEUE' &&
        ((await hasEarlierOpenFeed(tx, sellerId, feed.commandNo, assignmentFeedTypes)) ||
          (await hasEarlierOpenChange(tx, sellerId, feed.commandNo)));
      const [reverted] = feed?.revertsFeedId && !waits ? await tx.find(FeedEntity, [feed.revertsFeedId]) : [];
      const size = sliceRows * sharesOf(job!, othersWait);
      const rows = reverted ? await appliedRows(tx, reverted.id, job!.cursor?.afterRecordNo ?? 0, size) : [];
      const { templates, aliases } = await namedTemplatesOf(tx, [sellerId]);
      return {
        ...{ feeds, waits, reverted, rows, isEnd: rows.length < size },
        index: indexTemplates(templates, aliases),
        skus: await lockPlacedSkus(tx, sellerId, [...new Set(rows.map(({ sku }) => sku as SkuCode))]),
        slices: new RowSet<Slice>([], ({ feed }) => feed.id),
        cancelled: new RowSet<FeedEntityRow>([], (row) => row.id),
      };
    },
    decide: (job, { feeds, waits, reverted, rows, isEnd, index, skus, slices, cancelled }, now) => {
      const feed = feeds.get(job.payload.feedId);
      if (!feed) return skip('there is no such feed');
      const report = reportAfter(job, feed);
      if (feed.state === 'CANCELLED') {
        cancelled.add(feed);
        return cancel('the feed was cancelled', { followUps: [report] });
      }
      if (feed.state !== 'IN_QUEUE' && feed.state !== 'IN_PROGRESS') return skip(`the feed is ${feed.state}`);
      if (waits)
        return snooze(
          pauseBeforeNextLook(job.message.snoozes),
          'an earlier feed or change of the seller has not ended',
        );
      if (!reverted) return skip('the feed that it takes back is not there');

      const by = { revertedNo: reverted.commandNo, commandNo: feed.commandNo };
      const decisions = rows.map((row) => {
        const asked = { ...row, deletes: row.detail?.deletes !== undefined };
        return decideRevertedRow(asked, skus.get(row.sku) ?? null, index, by);
      });
      const seen = rows.map((row) => {
        const goal = row.formerTemplateId === null ? undefined : index.byId.get(row.formerTemplateId);
        return { ...row, templateName: goal?.name ?? null, detail: null, problems: [] };
      });
      const written = writtenOutcomes(feed.id, seen, decisions);
      const saved = decisions.flatMap(({ effect }) => (effect.kind === 'save' ? [effect.sku] : []));
      const started = feed.state === 'IN_QUEUE' ? granted(startFeed(feed, now)) : feed;
      const settled = granted(settleRows(granted(stageRows(started, rows.length)), written.counts));
      feeds.put({ ...feed, ...settled });
      slices.add({ ...written, feed, placement: placementOf(saved) });
      const progress = { counts: { ...written.counts } };
      return isEnd
        ? done({ progress, followUps: [report] })
        : carryOn({ afterRecordNo: rows.at(-1)!.recordNo }, { progress });
    },
    save: async (tx, { feeds, slices, cancelled }) => {
      await closeCancelledFeeds(tx, cancelled.added());
      for (const { feed, plain, withMore, placement } of slices.added()) {
        if (!feed.dryRun) await placeSkus(tx, feed.sellerId, feed.commandNo, placement);
        await insertOutcomes(tx, feed.id, plain, withMore);
      }
      await tx.update(FeedEntity, feeds.changed());
    },
    onDead: giveUpFeeds('applying'),
  });
