import {
  type FeedBatch,
  FeedFatal,
  type FeedFormat,
  type FeedRecord,
  type ReadFeedOptions,
  readFeedBatches,
} from '../src/index.ts';

/** The bytes in chunks of the given sizes, taken in turn. */
export async function* chunks(
  bytes: Uint8Array,
  sizes: readonly number[] = [bytes.length],
): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export type Content = string | Uint8Array;
export const bytesOf = (content: Content): Uint8Array => (typeof content === 'string' ? Buffer.from(content) : content);

export async function batchesOf(
  content: Content,
  format: FeedFormat,
  options: ReadFeedOptions = {},
  sizes?: readonly number[],
): Promise<FeedBatch[]> {
  const bytes = bytesOf(content);
  const open = (from: number) => chunks(bytes.subarray(from), sizes);
  return collect(readFeedBatches(open(0), format, { open, ...options }));
}

export async function recordsOf(
  content: Content,
  format: FeedFormat,
  options: ReadFeedOptions = {},
  sizes?: readonly number[],
): Promise<FeedRecord[]> {
  return (await batchesOf(content, format, options, sizes)).flatMap(({ records }) => records);
}

/** Code of the FeedFatal the content ends with. */
export async function fatalOf(content: Content, format: FeedFormat, options: ReadFeedOptions = {}): Promise<string> {
  try {
    const records = await recordsOf(content, format, options);
    return `read ${records.length} records`;
  } catch (error) {
    if (error instanceof FeedFatal) return error.code;
    throw error;
  }
}

export const codesOf = (record: FeedRecord | undefined): string[] => record?.problems.map(({ code }) => code) ?? [];

/** A record in a few words: number, kind, SKU, template or codes. */
export function brief(record: FeedRecord): string {
  const what =
    record.kind === 'assignment' ? (record.templateName ?? '-') : record.kind === 'deletion' ? record.extent : '';
  return [record.recordNo, record.kind, record.sku, what, ...codesOf(record)].filter((part) => part !== '').join(' ');
}

export const envelope = (messages: string, type = 'Product'): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<AmazonEnvelope><Header><DocumentVersion>1.01</DocumentVersion></Header><MessageType>${type}</MessageType>${messages}</AmazonEnvelope>`;

export const product = (id: number | string, sku: string, template: string, operation = 'PartialUpdate'): string =>
  `<Message><MessageID>${id}</MessageID><OperationType>${operation}</OperationType><Product><SKU>${sku}</SKU><DescriptionData><Title>t</Title><MerchantShippingGroupName>${template}</MerchantShippingGroupName></DescriptionData></Product></Message>\n`;
