import type { Locale } from '@ge/domain';
import { findingsOf } from './findings.ts';
import { checkSummary, processedOf, type ReportRow, type ReportSummary, successfulOf } from './report-row.ts';

export interface JsonReportOptions {
  readonly locale: Locale;
  readonly sellerId: string;
  readonly feedId: string;
}

const PIECE = 32 * 1024;

/**
 * The processing report of a listings feed, version 2.0, in UTF-8: an issue for each finding, then the summary, with what
 * became of the messages under `outcomes`. Streamed.
 * @throws RangeError when a count of the summary is not a whole number from 0
 */
export async function* writeJsonProcessingReport(
  rows: AsyncIterable<readonly ReportRow[]>,
  summary: ReportSummary,
  { locale, sellerId, feedId }: JsonReportOptions,
): AsyncGenerator<Uint8Array> {
  checkSummary(summary);
  const header = { sellerId, version: '2.0', feedId };
  let text = `{"header":${JSON.stringify(header)},"issues":[`;
  let [errors, warnings] = [0, 0];
  for await (const batch of rows) {
    for (const row of batch) {
      for (const { code, type, message } of findingsOf(row, locale)) {
        const isWarning = type === 'Warning';
        text += `${errors + warnings > 0 ? ',' : ''}\n${JSON.stringify(issueOf(row, code, isWarning, message))}`;
        if (isWarning) warnings += 1;
        else errors += 1;
        if (text.length < PIECE) continue;
        yield Buffer.from(text, 'utf8');
        text = '';
      }
    }
  }
  const processed = processedOf(summary);
  const accepted = successfulOf(summary);
  const counts = {
    errors,
    warnings,
    messagesProcessed: processed,
    messagesAccepted: accepted,
    messagesInvalid: processed - accepted,
    outcomes: summary,
  };
  yield Buffer.from(`${text}\n],"summary":${JSON.stringify(counts)}}\n`, 'utf8');
}

/** What is said of the file as a whole has neither message nor SKU. */
function issueOf(row: ReportRow, code: string, isWarning: boolean, message: string): object {
  const messageId = Number(row.messageId ?? row.recordNo);
  return {
    ...(messageId > 0 && { messageId }),
    ...(row.sku !== '' && { sku: row.sku.toWellFormed() }),
    code,
    severity: isWarning ? 'WARNING' : 'ERROR',
    message: message.toWellFormed(),
  };
}
