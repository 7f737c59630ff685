import type { BlockReader } from '../bytes/block-reader.ts';
import { contentOf } from '../bytes/content.ts';
import { decode, type Encoding, guessEncoding, openText } from '../bytes/encoding.ts';
import { bytesOfLines, skipLine, wholeLines } from '../bytes/lines.ts';
import type { FeedCheckpoint, FeedLimits, TabContext } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import { problem } from '../problem/problem.ts';
import type { FeedBatch, ReadPlan } from '../read-plan.ts';
import type { FeedRecord } from '../record/record.ts';
import { rejected } from '../record/sku-record.ts';
import { headRows } from './head-rows.ts';
import { readHeader } from './header.ts';
import { INCOMPLETE, RowScanner } from './row-scanner.ts';
import type { TableFormat } from './table-format.ts';

interface Lines {
  readonly bytes: Buffer;
  readonly text: string;
}

/** Reads one table block by block; a block is a batch. */
export class TableReader {
  readonly #table: TableFormat;
  /** All tables there are, to name the one a file really is. */
  readonly #tables: readonly TableFormat[];
  readonly #limits: FeedLimits;
  readonly #plan: ReadPlan;
  #reader: BlockReader;
  #encoding: Encoding | null = null;
  #exactOffsets = true;
  /** Rows beyond the limit were seen. */
  #more = false;
  /** Number of the last row read. */
  recordNo = 0;
  /** True once there was a row that is not blank. */
  sawRecord = false;

  constructor(reader: BlockReader, table: TableFormat, tables: readonly TableFormat[], plan: ReadPlan) {
    this.#tables = tables;
    this.#reader = reader;
    this.#table = table;
    this.#limits = plan.limits;
    this.#plan = plan;
  }

  async *batches(): AsyncGenerator<FeedBatch> {
    const resume = this.#plan.resume;
    let layout: Pick<TabContext, 'columns' | 'columnCount'>;
    if (resume?.context && 'columns' in resume.context) {
      layout = resume.context;
      this.#encoding = resume.context.encoding as Encoding | null;
      this.recordNo = resume.recordNo;
      this.sawRecord = resume.recordNo > 0;
    } else {
      await this.#open();
      const header = await this.#header();
      layout = header;
      if (header.warnings.length > 0 && this.#plan.afterRecordNo < 0) {
        yield this.#batch([this.#fileRecord(header.warnings)], layout);
      }
    }
    const scanner = new RowScanner(layout.columns, layout.columnCount, this.#limits.cellLength);
    for (let size = this.#plan.blockBytes; ; ) {
      const lines = await this.#lines(size);
      if (lines !== 'row-too-long' && lines.bytes.length === 0) break;
      const records: FeedRecord[] = [];
      const read = lines === 'row-too-long' ? 0 : this.#scan(scanner, lines.text, records);
      if (lines === 'row-too-long' || (read === 0 && lines.bytes.length > this.#limits.rowBytes)) {
        await this.#refuseLongRow(records);
        size = this.#plan.blockBytes;
      } else {
        this.#reader.consume(bytesOfLines(lines.bytes, lines.text, read));
        size = read === 0 ? size * 2 : this.#plan.blockBytes;
      }
      if (records.length > 0) yield this.#batch(records, layout);
      if (this.recordNo === this.#limits.rows && this.#more) throw new FeedStop('41002', { limit: this.#limits.rows });
    }
    if (this.#reader.overLimit) throw new FeedStop('41001', { limit: this.#limits.fileBytes });
  }

  /** A row that does not fit is refused by itself; the next line is a row again. */
  async #refuseLongRow(records: FeedRecord[]): Promise<void> {
    this.recordNo++;
    this.sawRecord = true;
    await skipLine(this.#reader);
    if (this.recordNo <= this.#plan.afterRecordNo) return;
    records.push(rejected(this.recordNo, null, [problem('GE-15014', { limit: this.#limits.rowBytes })]));
  }

  async #open(): Promise<void> {
    const opened = await openText(this.#reader, this.#plan.charset, this.#limits.fileBytes);
    this.#reader = opened.reader;
    this.#encoding = opened.encoding;
    this.#exactOffsets = opened.exactOffsets;
    const head = await this.#reader.window(1024);
    if (head.length === 0) throw new FeedStop('GE-15002');
    const found = contentOf(head);
    if (found === 'XLS' && this.#table.asWorkbook) throw new FeedStop('GE-15036');
    if (found !== 'TEXT') throw new FeedStop('GE-15001', { found, declared: this.#table.format });
  }

  async #header() {
    const lines = await this.#lines(this.#plan.blockBytes + this.#limits.rowBytes);
    if (lines === 'row-too-long') throw new FeedStop('GE-15014', { limit: this.#limits.rowBytes });
    const header = readHeader(headRows(lines.text, this.#limits), this.#table, this.#tables, this.#limits);
    this.#reader.consume(bytesOfLines(lines.bytes, lines.text, header.end));
    return header;
  }

  /** Whole lines of about `size` bytes, decoded; more when one line is longer than that. */
  async #lines(size: number): Promise<Lines | 'row-too-long'> {
    for (let wanted = size; ; wanted *= 2) {
      const window = await this.#reader.window(wanted);
      const bytes = window.subarray(0, wholeLines(window, this.#reader.ended && !this.#reader.overLimit));
      if (bytes.length === 0 && window.length > this.#limits.rowBytes) return 'row-too-long';
      if (bytes.length === 0 && !this.#reader.ended) continue;
      this.#encoding ??= guessEncoding(bytes);
      return { bytes, text: decode(bytes, this.#encoding ?? 'utf-8') };
    }
  }

  /** Turns rows into records; returns how far it came. */
  #scan(scanner: RowScanner, text: string, records: FeedRecord[]): number {
    const { afterRecordNo } = this.#plan;
    scanner.load(text, this.#reader.ended);
    let at = 0;
    while (at < text.length) {
      const next = scanner.next(at);
      if (next === INCOMPLETE) return at;
      if (this.recordNo === this.#limits.rows && !scanner.blank) {
        this.#more = true;
        return text.length;
      }
      at = next;
      if (this.recordNo < this.#limits.rows) this.recordNo++;
      if (scanner.blank) continue;
      this.sawRecord = true;
      if (this.recordNo > afterRecordNo) records.push(this.#table.record(this.recordNo, scanner));
    }
    return text.length;
  }

  #fileRecord(problems: FeedRecord['problems']): FeedRecord {
    return { kind: 'file', recordNo: 0, messageId: null, sku: '', problems };
  }

  #batch(records: FeedRecord[], layout: Pick<TabContext, 'columns' | 'columnCount'>): FeedBatch {
    const { columns, columnCount } = layout;
    const context: TabContext = { encoding: this.#encoding, columnCount, columns };
    const checkpoint: FeedCheckpoint = this.#exactOffsets
      ? { byteOffset: this.#reader.offset, recordNo: this.recordNo, context }
      : { byteOffset: 0, recordNo: this.recordNo, context: null };
    return { records, checkpoint };
  }
}
