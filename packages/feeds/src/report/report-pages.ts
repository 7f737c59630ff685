import type { FeedRow } from '@ge/domain';
import type { ReportRow } from './report-row.ts';

const pageRows = 5_000;

/** What a report has to tell of, page by page: `load` gives at most `size` rows from record `from` on, in their order. */
export async function* reportPages(
  load: (from: number, size: number) => Promise<readonly FeedRow[]>,
): AsyncGenerator<ReportRow[]> {
  for (let from = 0; ; ) {
    const page = await load(from, pageRows);
    if (page.length > 0) yield page.map(reportRow);
    if (page.length < pageRows) return;
    from = page.at(-1)!.recordNo + 1;
  }
}

const reportRow = ({ recordNo, sku, detail, outcome, problems }: FeedRow): ReportRow => ({
  recordNo,
  messageId: detail?.messageId === undefined ? null : String(detail.messageId),
  sku,
  orderId: String(detail?.orderId ?? ''),
  orderItemId: String(detail?.orderItemId ?? ''),
  outcome,
  problems,
});
