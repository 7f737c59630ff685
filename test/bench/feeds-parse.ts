/**
 * Rows per second and peak memory of reading feeds: `./ge run test/bench/feeds-parse.ts [rows] [case …]`, 200,000 by default.
 * The bytes are made while they are read, outside the measured time. Memory is that of the process so far: name one case to see it alone.
 */
import { type FeedFormat, type ReportRow, readFeedBatches, writeProcessingReport } from '@ge/feeds';

interface Case {
  readonly format: FeedFormat;
  readonly head: string;
  readonly row: (no: number) => string;
  readonly foot?: string;
  readonly latin1?: boolean;
}

const loader = 'sku\tprice\tquantity\tadd-delete\tmerchant_shipping_group_name\r\n';
const manyColumns = Array.from({ length: 40 }, (_, i) => `my-column-${i}`).join('\t');
const manyCells = Array.from({ length: 40 }, (_, i) => `cell ${i}`).join('\t');

const cases: Readonly<Record<string, Case>> = {
  'inventory-loader': {
    format: 'inventory-loader',
    head: loader,
    row: (no) => `SKU-${no}\t19.99\t5\ta\tGlobal Express ${no % 7}\r\n`,
  },
  'inventory-loader, quoted, with line breaks': {
    format: 'inventory-loader',
    head: loader.replace('quantity', 'item-note'),
    row: (no) => `"SKU-${no}"\t19.99\t"first ""line""\nsecond"\ta\t"Global Express ${no % 7}"\r\n`,
  },
  'inventory-loader, 42 columns': {
    format: 'inventory-loader',
    head: `sku\t${manyColumns}\tmerchant_shipping_group_name\n`,
    row: (no) => `SKU-${no}\t${manyCells}\tGlobal Express ${no % 7}\n`,
  },
  'inventory-loader, UTF-8': {
    format: 'inventory-loader',
    head: loader,
    row: (no) => `SKU-${no}\t19.99\t5\ta\t全球速递 ${no % 7}\r\n`,
  },
  'inventory-loader, Windows-1252': {
    format: 'inventory-loader',
    head: loader,
    row: (no) => `SKU-${no}\t19.99\t5\ta\tEnvío ${no % 7}\r\n`,
    latin1: true,
  },
  'product-xml': {
    format: 'product-xml',
    head: '<?xml version="1.0" encoding="UTF-8"?>\n<AmazonEnvelope><Header><DocumentVersion>1.01</DocumentVersion></Header><MessageType>Product</MessageType>\n',
    row: (no) =>
      `<Message><MessageID>${no}</MessageID><OperationType>PartialUpdate</OperationType><Product><SKU>SKU-${no}</SKU><DescriptionData><Title>Product ${no}</Title><MerchantShippingGroupName>Global Express ${no % 7}</MerchantShippingGroupName></DescriptionData></Product></Message>\n`,
    foot: '</AmazonEnvelope>',
  },
  'shipping-confirmation': {
    format: 'shipping-confirmation',
    head: 'order-id\torder-item-id\tquantity\tship-date\tcarrier-code\ttracking-number\n',
    row: (no) => `111-1234567-${String(no).padStart(7, '0')}\t12345678901234\t1\t2025-03-31\tUPS\t1Z999AA10123456784\n`,
  },
};

const PIECE = 64 * 1024;
let producing = 0;

async function* bytesOf(one: Case, rows: number): AsyncGenerator<Uint8Array> {
  let text = one.head;
  for (let no = 1, began = performance.now(); no <= rows; no++) {
    text += one.row(no);
    if (no === rows) text += one.foot ?? '';
    if (text.length < PIECE && no < rows) continue;
    const bytes = Buffer.from(text, one.latin1 ? 'latin1' : 'utf8');
    text = '';
    producing += performance.now() - began;
    yield bytes;
    began = performance.now();
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

async function measure(name: string, one: Case, rows: number): Promise<void> {
  let peak = 0;
  let read = 0;
  let longest = 0;
  producing = 0;
  const began = performance.now();
  let last = began;
  for await (const { records } of readFeedBatches(bytesOf(one, rows), one.format)) {
    for (const { kind } of records) if (kind !== 'file') read++;
    peak = Math.max(peak, process.memoryUsage.rss());
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }
  const seconds = (performance.now() - began - producing) / 1000;
  const rate = Math.round(rows / seconds).toLocaleString('en-US');
  if (read !== rows) throw new Error(`${name}: ${read} of ${rows} rows`);
  console.log(
    `${name.padEnd(46)} ${rate.padStart(12)} rows/s   peak ${megabytes(peak)}   longest batch ${longest.toFixed(1)} ms`,
  );
}

async function measureReport(rows: number): Promise<void> {
  const problems = [{ code: 'GE-15031', severity: 'error', params: { nearest: 'Global Express 1' } }] as const;
  async function* batches(): AsyncGenerator<ReportRow[]> {
    for (let no = 1; no <= rows; no += 1000) {
      yield Array.from({ length: 1000 }, (_, i) => ({
        recordNo: no + i,
        sku: `SKU-${no + i}`,
        outcome: 'rejected',
        problems,
      }));
    }
  }
  const summary = { applied: 0, unchanged: 0, superseded: 0, rejected: rows, notAttempted: 0 };
  const began = performance.now();
  let peak = 0;
  for await (const _ of writeProcessingReport(batches(), summary, { locale: 'zh-CN' })) {
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const rate = Math.round(rows / ((performance.now() - began) / 1000)).toLocaleString('en-US');
  console.log(
    `${'processing report, every row with a finding'.padEnd(46)} ${rate.padStart(12)} rows/s   peak ${megabytes(peak)}`,
  );
}

const rows = Number(process.argv[2] ?? 200_000);
const wanted = process.argv.slice(3);
console.log(`${rows.toLocaleString('en-US')} rows, node ${process.version}`);
for (const [name, one] of Object.entries(cases)) {
  if (wanted.length === 0 || wanted.includes(name)) await measure(name, one, rows);
}
if (wanted.length === 0) await measureReport(rows);
