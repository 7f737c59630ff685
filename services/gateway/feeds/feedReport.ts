import { routes } from '@ge/api';
import { countWarnedRows, type FeedEntityRow, reportableRows } from '@ge/database';
import { noCounts } from '@ge/domain';
import { reportPages, writeJsonProcessingReport, writeProcessingReport, writeXmlProcessingReport } from '@ge/feeds';
import { documentReply } from '../http/documentReply.ts';
import { handle } from '../http/handler.ts';
import { NotFound } from '../http/refused.ts';
import { feedSeen } from './feedSeen.ts';

const mediaTypes = { tab: 'text/tab-separated-values', xml: 'text/xml', json: 'application/json' } as const;
const suffixes = { tab: 'txt', xml: 'xml', json: 'json' } as const;

/** The report as it was written in the seller's language, or another one of the same rows where it is asked for. */
export const downloadFeedReport = handle(routes.feeds.downloadFeedReport, async (call) => {
  const { tx, access, params, query, locale, surroundings } = call;
  const feed = await feedSeen(tx, access, params.feedId);
  const { format, language } = query;
  if (format === undefined && language === undefined) return documentReply(call, feed.reportDocumentId);
  if (feed.endedAt === null) throw new NotFound();

  const { id: feedId, sellerId } = feed;
  const { processed: _, ...summary } = feed.counts ?? noCounts;
  const asked = { locale: language ?? locale };
  const rows = reportPages((from, size) =>
    surroundings.database.transaction((page) => reportableRows(page, feedId, from, size)),
  );
  const kind = format ?? 'tab';
  const withWarning = kind === 'xml' ? await countWarnedRows(tx, feedId) : 0;
  const bytes = () => {
    if (kind === 'json') return writeJsonProcessingReport(rows, summary, { ...asked, sellerId, feedId });
    if (kind === 'tab') return writeProcessingReport(rows, summary, { ...asked, layout: layoutOf(feed) });
    return writeXmlProcessingReport(rows, summary, {
      ...asked,
      merchantIdentifier: sellerId,
      documentTransactionId: String(feed.commandNo),
      statusCode: feed.state === 'FATAL' ? 'Rejected' : 'Complete',
      withWarning,
    });
  };
  return {
    status: 200,
    mediaType: `${mediaTypes[kind]}; charset=utf-8`,
    fileName: `report-${feedId}.${suffixes[kind]}`,
    bytes,
  };
});

const layoutOf = ({ type }: FeedEntityRow) =>
  type.startsWith('shipping-confirmation') ? ('order-fulfillment' as const) : ('sku' as const);
