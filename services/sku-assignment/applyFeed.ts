import { applyFeed as contract, writeFeedReport } from '@ge/contracts';
import {
  FeedEntity,
  FeedRowEntity,
  type FeedRowRow,
  feedRowsAfter,
  giveUpFeeds,
  lastOpenRowsBehind,
  namedTemplatesOf,
  outgoing,
  SkuEntity,
} from '@ge/database';
import { countOutcomes, decideFeedRow, indexTemplates, settleRows, supersedeEarlierRows } from '@ge/domain';
import { batchHandler, cancel, carryOn, done, RowSet, skip } from '@ge/runtime';

const asStaged = (row: FeedRowRow) => ({ ...row, deletes: row.detail !== null });

/** Applies the staged rows of a feed slice by slice (R15, R16): rows, SKUs and cursor commit together. */
export const applyFeed = (sliceRows: number) =>
  batchHandler({
    contract,
    load: async (tx, [job]) => {
      const { feedId, sellerId } = job!.payload;
      const after = job!.cursor?.afterRecordNo ?? 0;
      const feeds = new RowSet(await tx.lock(FeedEntity, [feedId]), (row) => row.id);
      const page = await feedRowsAfter(tx, feedId, after, sliceRows);
      const { templates, aliases } = await namedTemplatesOf(tx, [sellerId]);
      const codes = [...new Set(page.filter((row) => row.outcome === null).map((row) => row.sku))];
      const skus = await tx.lock(
        SkuEntity,
        codes.map((code) => [sellerId, code] as const),
      );
      const behind =
        page.length === sliceRows ? await lastOpenRowsBehind(tx, feedId, codes, page.at(-1)!.recordNo) : [];
      return {
        feeds,
        page,
        behind,
        rows: new RowSet(page, (row) => String(row.recordNo)),
        skus: new RowSet(skus, (row) => row.sku),
        index: indexTemplates(templates, aliases),
      };
    },
    decide: (job, { feeds, page, behind, rows, skus, index }) => {
      const feed = feeds.get(job.payload.feedId);
      if (!feed) return skip('there is no such feed');
      if (feed.state !== 'IN_PROGRESS') return cancel(`the feed is ${feed.state}`);

      const judged = supersedeEarlierRows([...page, ...behind].map(asStaged)).slice(0, page.length);
      for (const row of judged) {
        const { deletes, ...plain } = row;
        if (row.outcome !== null) {
          if (row.outcome === 'superseded') rows.put(plain);
          continue;
        }
        const sku = skus.get(row.sku) ?? null;
        const { effect, ...decision } = decideFeedRow(row, sku, index, feed.commandNo);
        if (effect.kind === 'save') skus.put({ ...sku!, ...effect.sku });
        if (effect.kind === 'delete') skus.remove(row.sku);
        rows.put({ ...plain, ...decision, problems: [...row.problems, ...decision.problems] });
      }
      const counts = countOutcomes(rows.values().map((row) => row.outcome!));
      const settled = settleRows(feed, counts);
      if (!settled.ok) throw new Error(settled.refusals.map((refusal) => refusal.code).join(', '));
      feeds.put({ ...feed, ...settled.value });

      const progress = { counts: Object.fromEntries(Object.entries(counts)) };
      if (page.length === sliceRows) return carryOn({ afterRecordNo: page.at(-1)!.recordNo }, { progress });
      const payload = { feedId: feed.id, sellerId: feed.sellerId };
      const { operationId } = job.message;
      return done({
        progress,
        followUps: [outgoing(writeFeedReport, { payload, sellerId: feed.sellerId, operationId })],
      });
    },
    save: async (tx, { feeds, rows, skus }) => {
      await tx.remove(SkuEntity, skus.removed());
      await tx.update(SkuEntity, skus.changed(), ['templateId', 'templateCommandNo']);
      await tx.update(FeedRowEntity, rows.changed(), ['outcome', 'templateId', 'formerTemplateId', 'problems']);
      await tx.update(FeedEntity, feeds.changed(), ['settledRows', 'counts']);
    },
    onDead: giveUpFeeds('applying'),
  });
