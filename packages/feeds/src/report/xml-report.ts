import { findingsOf } from './findings.ts';
import {
  checkSummary,
  processedOf,
  type ReportOptions,
  type ReportRow,
  type ReportSummary,
  successfulOf,
} from './report-row.ts';

export interface XmlReportOptions extends Pick<ReportOptions, 'locale'> {
  readonly merchantIdentifier: string;
  /** Up to 20 digits. */
  readonly documentTransactionId: string;
  readonly statusCode?: 'Complete' | 'Processing' | 'Rejected';
  /** Records that have warnings and no error. */
  readonly withWarning: number;
}

const PIECE = 32 * 1024;
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(NOT_XML, ' ')
    .replace(/[&<>"]/g, (mark) => marks[mark]!);

const element = (name: string, text: string | number): string => `<${name}>${escaped(String(text))}</${name}>`;

function start(summary: ReportSummary, options: XmlReportOptions): string {
  const processed = processedOf(summary);
  const successful = successfulOf(summary);
  const header = element('DocumentVersion', '1.02') + element('MerchantIdentifier', options.merchantIdentifier);
  const counts =
    element('MessagesProcessed', processed) +
    element('MessagesSuccessful', successful) +
    element('MessagesWithError', processed - successful) +
    element('MessagesWithWarning', options.withWarning);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<AmazonEnvelope><Header>${header}</Header>${element('MessageType', 'ProcessingReport')}`,
    `<Message>${element('MessageID', 1)}<ProcessingReport>`,
    element('DocumentTransactionID', options.documentTransactionId) +
      element('StatusCode', options.statusCode ?? 'Complete'),
    `<ProcessingSummary>${counts}</ProcessingSummary>\n`,
  ].join('\n');
}

function additionalInfo(row: ReportRow): string {
  const info = [
    row.sku ? element('SKU', row.sku) : '',
    row.orderId ? element('AmazonOrderID', row.orderId) : '',
    row.orderItemId ? element('AmazonOrderItemCode', row.orderItemId) : '',
  ].join('');
  return info === '' ? '' : `<AdditionalInfo>${info}</AdditionalInfo>`;
}

/**
 * The processing report as an AmazonEnvelope with one ProcessingReport, in UTF-8, one Result per finding; streamed.
 * @throws RangeError when a count of the summary is not a whole number from 0
 */
export async function* writeXmlProcessingReport(
  rows: AsyncIterable<readonly ReportRow[]>,
  summary: ReportSummary,
  options: XmlReportOptions,
): AsyncGenerator<Uint8Array> {
  checkSummary(summary);
  let text = start(summary, options);
  for await (const batch of rows) {
    for (const row of batch) {
      for (const { code, type, message } of findingsOf(row, options.locale)) {
        const result =
          element('MessageID', row.messageId ?? row.recordNo) +
          element('ResultCode', type === 'Warning' ? 'Warning' : 'Error') +
          element('ResultMessageCode', code) +
          element('ResultDescription', message);
        text += `<Result>${result}${additionalInfo(row)}</Result>\n`;
        if (text.length < PIECE) continue;
        yield Buffer.from(text, 'utf8');
        text = '';
      }
    }
  }
  yield Buffer.from(`${text}</ProcessingReport></Message></AmazonEnvelope>\n`, 'utf8');
}
