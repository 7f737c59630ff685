import { BlockReader } from '../bytes/block-reader.ts';
import type { FeedLimits, ReadFeedOptions, WorkbookContext } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import { problem } from '../problem/problem.ts';
import { shown } from '../problem/shown.ts';
import type { FeedBatch, ReadPlan } from '../read-plan.ts';
import type { FeedRecord, RowProblem } from '../record/record.ts';
import { readHeader } from '../tab/header.ts';
import type { TableFormat } from '../tab/table-format.ts';
import { RowCells } from '../tab/table-row.ts';
import { bytesOfTags, tagBlock } from '../xml/tag-blocks.ts';
import { findSheet } from './find-sheet.ts';
import { readSharedParts, type SharedPartNames, type SharedParts } from './shared-parts.ts';
import { readSheetHead } from './sheet-head.ts';
import { SheetParser } from './sheet-parser.ts';
import { ZipParts } from './zip-parts.ts';

/**
 * Reads the first visible sheet of a workbook block by block; the rows that end in a block are a batch. Where reading goes
 * on from a checkpoint, the sheet is unpacked from its start but looked at only from there.
 */
export class WorkbookReader {
  readonly #bytes: BlockReader;
  readonly #open: NonNullable<ReadFeedOptions['open']>;
  readonly #table: TableFormat;
  readonly #tables: readonly TableFormat[];
  readonly #plan: ReadPlan;
  readonly #limits: FeedLimits;
  /** Number of the last row with cells. */
  recordNo = 0;
  /** True once there was a row that is not blank. */
  sawRecord = false;

  constructor(
    bytes: BlockReader,
    open: NonNullable<ReadFeedOptions['open']>,
    table: TableFormat,
    tables: readonly TableFormat[],
    plan: ReadPlan,
  ) {
    this.#bytes = bytes;
    this.#open = open;
    this.#table = table;
    this.#tables = tables;
    this.#plan = plan;
    this.#limits = plan.limits;
  }

  async *batches(): AsyncGenerator<FeedBatch> {
    const { resume, afterRecordNo } = this.#plan;
    if (resume?.context && 'sheet' in resume.context) {
      this.recordNo = resume.recordNo;
      this.sawRecord = resume.recordNo > 0;
      const parts = await ZipParts.open(this.#open, resume.context.fileBytes, this.#limits);
      yield* this.#rows(parts, await this.#shared(parts, resume.context), resume.context);
      return;
    }
    const fileBytes = await this.#size();
    const parts = await ZipParts.open(this.#open, fileBytes, this.#limits);
    const found = await findSheet(parts, this.#table.format, this.#limits);
    const shared = await this.#shared(parts, found);
    const head = await readSheetHead(parts.read(found.sheet), shared, this.#limits, this.#plan.blockBytes);
    const header = readHeader(head.rows.values(), this.#table, this.#tables, this.#limits);
    const { columns, columnCount, end } = header;
    const context: WorkbookContext = {
      fileBytes,
      sheet: found.sheet,
      texts: found.texts,
      styles: found.styles,
      elements: head.elements,
      headerRow: end,
      rowEnd: head.rows.find((row) => row.end === end)!.rowEnd,
      layout: { columns, columnCount },
    };
    const several = found.hasOthers ? [problem('GE-15041', { sheet: shown(found.name) })] : [];
    const warnings = [...several, ...header.warnings];
    if (warnings.length > 0 && afterRecordNo < 0) yield this.#batch([fileRecord(warnings)], context);
    yield* this.#rows(parts, shared, context);
  }

  /** Counts what the source gives: the directory is at the end, and nobody said where that is. */
  async #size(): Promise<number> {
    for await (const _ of this.#bytes.rest());
    return this.#bytes.offset;
  }

  #shared(parts: ZipParts, names: SharedPartNames): Promise<SharedParts> {
    return readSharedParts(parts, names, this.#limits, this.#plan.blockBytes);
  }

  async *#rows(parts: ZipParts, shared: SharedParts, context: WorkbookContext): AsyncGenerator<FeedBatch> {
    const { layout, headerRow, elements } = context;
    const { blockBytes, afterRecordNo } = this.#plan;
    const row = new RowCells(layout.columns, layout.columnCount);
    let records: FeedRecord[] = [];
    let end = 0;
    const rowEnded = (no: number, at: number): void => {
      this.#count(no - headerRow, row.blank);
      end = at;
      if (row.blank) return;
      this.sawRecord = true;
      if (this.recordNo > afterRecordNo) records.push(this.#table.record(this.recordNo, row));
    };
    const parser = new SheetParser(this.#limits, shared, row, rowEnded, headerRow + this.recordNo);
    parser.reenter(elements);
    const reader = new BlockReader(
      parts.read(context.sheet, context.rowEnd),
      this.#limits.unpackedBytes,
      context.rowEnd,
    );
    try {
      while (!parser.done) {
        const block = await tagBlock(reader, blockBytes, this.#limits.xmlTextBytes);
        if (block.length === 0) throw new FeedStop('GE-15037');
        const text = block.toString('utf8');
        end = 0;
        let stopped: unknown;
        try {
          parser.write(text);
        } catch (error) {
          stopped = error;
        }
        const rowEnd = reader.offset + bytesOfTags(block, text, end);
        if (records.length > 0) yield this.#batch(records, { ...context, rowEnd });
        if (stopped) throw stopped;
        records = [];
        reader.consume(block.length);
      }
      // To the end, where it shows whether the sheet is whole.
      for (let rest = await reader.window(blockBytes); rest.length > 0; rest = await reader.window(blockBytes))
        reader.consume(rest.length);
    } finally {
      await reader.close();
    }
  }

  /** Rows that are left out count as blank ones. @throws FeedStop 41002 */
  #count(recordNo: number, blank: boolean): void {
    this.recordNo = Math.min(recordNo, this.#limits.rows);
    if (recordNo > this.#limits.rows && !blank) throw new FeedStop('41002', { limit: this.#limits.rows });
  }

  #batch(records: FeedRecord[], context: WorkbookContext): FeedBatch {
    return { records, checkpoint: { byteOffset: 0, recordNo: this.recordNo, context } };
  }
}

const fileRecord = (problems: readonly RowProblem[]): FeedRecord => ({
  kind: 'file',
  recordNo: 0,
  messageId: null,
  sku: '',
  problems,
});
