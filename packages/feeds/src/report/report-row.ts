import type { FeedRowOutcome, Locale } from '@ge/domain';
import type { RowProblem } from '../record/record.ts';

/** One settled row of a feed. Rows without findings may be left out of a report; its summary counts them. */
export interface ReportRow {
  /** 0 = the file as a whole. */
  readonly recordNo: number;
  /** Of an XML or JSON message; the XML report names it, or else the record number. */
  readonly messageId?: string | null;
  readonly sku: string;
  readonly orderId?: string;
  readonly orderItemId?: string;
  readonly outcome: FeedRowOutcome | null;
  readonly problems: readonly RowProblem[];
}

/** What became of all rows. They are processed = the sum of these, always. */
export interface ReportSummary {
  readonly applied: number;
  readonly unchanged: number;
  readonly superseded: number;
  readonly rejected: number;
  readonly notAttempted: number;
}

export interface ReportOptions {
  readonly locale: Locale;
  /** `order-fulfillment` names order and order item instead of the SKU. */
  readonly layout?: 'sku' | 'order-fulfillment';
}

export const processedOf = (summary: ReportSummary): number =>
  summary.applied + summary.unchanged + summary.superseded + summary.rejected + summary.notAttempted;

/** A row whose wish another one took over is no failure; one that was rejected or not attempted is. */
export const successfulOf = (summary: ReportSummary): number =>
  summary.applied + summary.unchanged + summary.superseded;

/** @throws RangeError when a count is not a whole number from 0 */
export function checkSummary(summary: ReportSummary): void {
  for (const [name, count] of Object.entries(summary)) {
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`report summary: ${name} is ${count}`);
  }
}
