import { BlockReader } from './bytes/block-reader.ts';
import { contentOf } from './bytes/content.ts';
import { orderFulfillment } from './confirmation/order-fulfillment.ts';
import { shippingConfirmation } from './confirmation/shipping-confirmation.ts';
import type { FeedFormat, ReadFeedOptions } from './format.ts';
import { ListingsReader } from './listings/read-listings.ts';
import { inventoryLoader } from './loader/inventory-loader.ts';
import { FeedFatal, FeedStop } from './problem/fatal.ts';
import { productMessage } from './product/product-message.ts';
import { type FeedBatch, type ReadPlan, type RecordReader, readPlan } from './read-plan.ts';
import type { FeedRecord } from './record/record.ts';
import { TableReader } from './tab/read-table.ts';
import { WorkbookReader } from './workbook/read-workbook.ts';
import { EnvelopeReader } from './xml/read-envelope.ts';

const tables = [inventoryLoader, shippingConfirmation];
const messages = [productMessage, orderFulfillment];

type BatchReader = RecordReader & { batches(): AsyncGenerator<FeedBatch> };

async function readerOf(format: FeedFormat, bytes: BlockReader, plan: ReadPlan): Promise<BatchReader> {
  const table = tables.find((candidate) => candidate.format === format);
  if (table?.asWorkbook && plan.open && (await isWorkbook(bytes, plan))) {
    return new WorkbookReader(bytes, plan.open, table, tables, plan);
  }
  if (table) return new TableReader(bytes, table, tables, plan);
  const message = messages.find((candidate) => candidate.format === format);
  if (message) return new EnvelopeReader(bytes, message, plan);
  if (format === 'listings-json') return new ListingsReader(bytes, plan);
  throw new TypeError(`no such feed format: ${format}`);
}

async function isWorkbook(bytes: BlockReader, { resume }: ReadPlan): Promise<boolean> {
  if (resume?.context) return 'sheet' in resume.context;
  return contentOf(await bytes.window(4)) === 'ZIP/XLSX';
}

/**
 * Reads a bulk file as batches of about 1,000 records in the order of the file, each with the checkpoint from which a
 * later call goes on. Memory is bounded by the limits, not by the file. A row that cannot be taken is a `rejected`
 * record; when the file breaks after its first record, the last record is a `break` and iteration ends normally, so that
 * everything read so far stays accounted for. Pass the same format, charset, limits and block size when resuming.
 *
 * @throws FeedFatal before any record (other than record 0) was given, when the file cannot be read at all
 * @throws whatever the source throws
 */
export async function* readFeedBatches(
  source: AsyncIterable<Uint8Array>,
  format: FeedFormat,
  options: ReadFeedOptions = {},
): AsyncGenerator<FeedBatch> {
  const plan = readPlan(options);
  const bytes = new BlockReader(source, plan.limits.fileBytes, plan.resume?.byteOffset);
  let reader: BatchReader | undefined;
  try {
    reader = await readerOf(format, bytes, plan);
    yield* reader.batches();
    if (!reader.sawRecord) throw new FeedStop('GE-15003');
  } catch (error) {
    if (!(error instanceof FeedStop) || !reader) throw error;
    if (!reader.sawRecord) throw new FeedFatal(error.problem);
    const recordNo = reader.recordNo + 1;
    if (recordNo > plan.afterRecordNo) yield { records: [breakRecord(recordNo, error)], checkpoint: null };
  } finally {
    await bytes.close();
  }
}

/** The records of a bulk file in batches, for callers that read it in one go. See `readFeedBatches`. */
export async function* readFeed(
  source: AsyncIterable<Uint8Array>,
  format: FeedFormat,
  options: ReadFeedOptions = {},
): AsyncGenerator<FeedRecord[]> {
  for await (const batch of readFeedBatches(source, format, options)) yield batch.records;
}

function breakRecord(recordNo: number, { problem }: FeedStop): FeedRecord {
  const params = { ...problem.params, readUntil: recordNo - 1 };
  return { kind: 'break', recordNo, messageId: null, sku: '', problems: [{ ...problem, params }] };
}
