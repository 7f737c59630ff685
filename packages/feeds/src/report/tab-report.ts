import type { Locale } from '@ge/domain';
import { findingsOf } from './findings.ts';
import {
  checkSummary,
  processedOf,
  type ReportOptions,
  type ReportRow,
  type ReportSummary,
  successfulOf,
} from './report-row.ts';
import { safeCell } from './safe-cell.ts';

const words: Readonly<
  Record<Locale, Readonly<Record<'title' | 'processed' | 'successful' | keyof ReportSummary, string>>>
> = {
  'en-US': {
    title: 'Feed Processing Summary:',
    processed: 'Number of records processed',
    successful: 'Number of records successful',
    applied: 'Number of records applied',
    unchanged: 'Number of records unchanged',
    superseded: 'Number of records superseded',
    rejected: 'Number of records rejected',
    notAttempted: 'Number of records not attempted',
  },
  'zh-CN': {
    title: '上传数据处理摘要：',
    processed: '已处理的记录数',
    successful: '成功的记录数',
    applied: '已应用的记录数',
    unchanged: '无变化的记录数',
    superseded: '已被取代的记录数',
    rejected: '被拒绝的记录数',
    notAttempted: '未处理的记录数',
  },
};

const headers = {
  sku: 'original-record-number\tsku\terror-code\terror-type\terror-message',
  'order-fulfillment': 'original-record-number\torder-id\torder-item-id\terror-code\terror-type\terror-message',
} as const;

/** Bytes gathered before they are given out. */
const PIECE = 32 * 1024;

function summaryLines(summary: ReportSummary, locale: Locale): string {
  const word = words[locale];
  const line = (name: string, count: number) => `\t${name}\t\t${count}\r\n`;
  const outcomes = ['applied', 'unchanged', 'superseded', 'rejected', 'notAttempted'] as const;
  return [
    `${word.title}\r\n`,
    line(word.processed, processedOf(summary)),
    line(word.successful, successfulOf(summary)),
    ...outcomes.map((outcome) => line(word[outcome], summary[outcome])),
    '\r\n',
  ].join('');
}

function* rowLines(row: ReportRow, layout: keyof typeof headers, locale: Locale): Generator<string> {
  const who =
    layout === 'sku' ? safeCell(row.sku) : `${safeCell(row.orderId ?? '')}\t${safeCell(row.orderItemId ?? '')}`;
  for (const { code, type, message } of findingsOf(row, locale)) {
    yield `${row.recordNo}\t${who}\t${safeCell(code)}\t${type}\t${safeCell(message)}\r\n`;
  }
}

/**
 * The processing report as tab-delimited text in UTF-8: the summary, then one line per finding; without findings the
 * summary alone. The Chinese one starts with a byte order mark, without which spreadsheets garble it.
 * Streamed: memory does not grow with the rows.
 *
 * @throws RangeError when a count of the summary is not a whole number from 0
 */
export async function* writeProcessingReport(
  rows: AsyncIterable<readonly ReportRow[]>,
  summary: ReportSummary,
  { locale, layout = 'sku' }: ReportOptions,
): AsyncGenerator<Uint8Array> {
  checkSummary(summary);
  let text = (locale === 'zh-CN' ? '\uFEFF' : '') + summaryLines(summary, locale);
  let headed = false;
  for await (const batch of rows) {
    for (const row of batch) {
      for (const line of rowLines(row, layout, locale)) {
        if (!headed) text += `${headers[layout]}\r\n`;
        headed = true;
        text += line;
        if (text.length < PIECE) continue;
        yield Buffer.from(text, 'utf8');
        text = '';
      }
    }
  }
  if (text !== '') yield Buffer.from(text, 'utf8');
}
