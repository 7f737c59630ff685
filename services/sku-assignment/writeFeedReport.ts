import { writeFeedReport as contract } from '@ge/contracts';
import { FeedEntity, giveUpFeeds, newId, reportableRows, SellerEntity, wakeNextFeed } from '@ge/database';
import { storeDocument } from '@ge/documents';
import { type DocumentId, finishFeed, noCounts } from '@ge/domain';
import { reportPages, writeProcessingReport } from '@ge/feeds';
import { batchHandler, done, RowSet, skip } from '@ge/runtime';

/** Writes the processing report of a finished feed in the seller's language and closes the feed with it (R15, R18). */
export const writeFeedReport = batchHandler({
  contract,
  load: async (tx, [job]) => {
    const feeds = new RowSet(await tx.lock(FeedEntity, [job!.payload.feedId]), (row) => row.id);
    const sellers = await tx.find(SellerEntity, [job!.payload.sellerId]);
    return { feeds, locale: sellers[0]?.locale ?? 'en-US', reportId: newId<DocumentId>('doc') };
  },
  decide: (job, { feeds, reportId }, now) => {
    const feed = feeds.get(job.payload.feedId);
    if (!feed) return skip('there is no such feed');
    if (feed.reportDocumentId) return skip('the report is written');
    if (feed.state === 'FATAL' || feed.state === 'CANCELLED') {
      feeds.put({ ...feed, reportDocumentId: reportId });
      return done();
    }
    const finished = finishFeed(feed, reportId, now);
    if (!finished.ok) return skip(finished.refusals.map((refusal) => refusal.code).join(', '));
    feeds.put({ ...feed, ...finished.value });
    return done();
  },
  save: async (tx, { feeds, locale, reportId }) => {
    for (const feed of feeds.changed()) {
      const { processed: _, ...summary } = feed.counts ?? noCounts;
      const layout = feed.type.startsWith('shipping-confirmation') ? 'order-fulfillment' : 'sku';
      const rows = reportPages((from, size) => reportableRows(tx, feed.id, from, size));
      const report = writeProcessingReport(rows, summary, { locale, layout });
      await storeDocument(
        tx,
        {
          id: reportId,
          sellerId: feed.sellerId,
          mediaType: 'text/tab-separated-values; charset=utf-8',
          fileName: `report-${feed.id}.txt`,
        },
        report,
      );
    }
    await tx.update(FeedEntity, feeds.changed(), ['state', 'reportDocumentId', 'endedAt']);
    for (const feed of feeds.changed()) if (feed.state === 'DONE') await wakeNextFeed(tx, feed);
  },
  onDead: giveUpFeeds('reporting'),
});
