import type { BlockReader } from '../bytes/block-reader.ts';
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
import { readSharedParts } from './shared-parts.ts';
import { readSheetHead } from './sheet-head.ts';
import { SheetParser } from './sheet-parser.ts';
import { SheetStream } from './sheet-stream.ts';
import { StoredBytes } from './stored-bytes.ts';
import type { OpenWorkbook } from './workbook-memory.ts';
import { ZipParts } from './zip-parts.ts';

/**
 * Reads the first visible sheet of a workbook block by block; the rows that end in a block are a batch. Where reading goes
 * on from a checkpoint, it does so with what the memory still has of this workbook; without, the parts that cells refer to
 * are read again, and the sheet is unpacked from its start but looked at only from there.
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
    const { resume, memory, afterRecordNo, blockBytes } = this.#plan;
    const kept = memory?.take() ?? null;
    if (resume?.context && 'sheet' in resume.context) {
      this.recordNo = resume.recordNo;
      this.sawRecord = resume.recordNo > 0;
      yield* this.#rows(await this.#goOn(kept, resume.context), resume.context);
      return;
    }
    kept?.sheet.discard();
    const fileBytes = await this.#size();
    const parts = await ZipParts.open(this.#open, fileBytes, this.#limits);
    const found = await findSheet(parts, this.#table.format, this.#limits);
    const shared = await readSharedParts(parts, found, this.#limits, blockBytes);
    const head = await readSheetHead(parts.read(found.sheet), shared, this.#limits, blockBytes);
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
    if (warnings.length > 0 && afterRecordNo < 0) yield this.#batch([fileRecord(warnings)], context, 0);
    yield* this.#rows({ shared, sheet: await SheetStream.open(parts, found.sheet, this.#limits) }, context);
  }

  /** Counts what the source gives: the directory is at the end, and nobody said where that is. */
  async #size(): Promise<number> {
    for await (const _ of this.#bytes.rest());
    return this.#bytes.offset;
  }

  /** @param kept of use unless it is beyond the checkpoint: then what came after that was never stored */
  async #goOn(kept: OpenWorkbook | null, context: WorkbookContext): Promise<OpenWorkbook> {
    if (kept && kept.sheet.reader.offset <= context.rowEnd) {
      kept.sheet.goOn(new StoredBytes(this.#open, context.fileBytes));
      return kept;
    }
    kept?.sheet.discard();
    const parts = await ZipParts.open(this.#open, context.fileBytes, this.#limits);
    const shared = kept?.shared ?? (await readSharedParts(parts, context, this.#limits, this.#plan.blockBytes));
    return { shared, sheet: await SheetStream.open(parts, context.sheet, this.#limits) };
  }

  async *#rows(workbook: OpenWorkbook, context: WorkbookContext): AsyncGenerator<FeedBatch> {
    const { shared, sheet } = workbook;
    const { layout, headerRow, elements } = context;
    const { blockBytes, afterRecordNo, memory } = this.#plan;
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
    const { reader } = sheet;
    /** Where the batch that is being looked at elsewhere ends. */
    let givenTo: number | null = null;
    try {
      await sheet.passTo(context.rowEnd, blockBytes);
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
        if (records.length > 0) {
          givenTo = rowEnd;
          const share = rowEnd / sheet.size;
          yield this.#batch(records, { ...context, rowEnd }, Math.floor(context.fileBytes * share));
          givenTo = null;
        }
        if (stopped) throw stopped;
        records = [];
        reader.consume(block.length);
      }
      // To the end, where it shows whether the sheet is whole.
      for (let rest = await reader.window(blockBytes); rest.length > 0; rest = await reader.window(blockBytes))
        reader.consume(rest.length);
    } finally {
      // Left with a batch: its checkpoint is where somebody may go on.
      if (memory && givenTo !== null) {
        await sheet.rest(givenTo);
        memory.keep(workbook);
      } else {
        await sheet.close();
      }
    }
  }

  /** Rows that are left out count as blank ones. @throws FeedStop 41002 */
  #count(recordNo: number, blank: boolean): void {
    this.recordNo = Math.min(recordNo, this.#limits.rows);
    if (recordNo > this.#limits.rows && !blank) throw new FeedStop('41002', { limit: this.#limits.rows });
  }

  #batch(records: FeedRecord[], context: WorkbookContext, byteOffset: number): FeedBatch {
    return { records, checkpoint: { byteOffset, recordNo: this.recordNo, context } };
  }
}

const fileRecord = (problems: readonly RowProblem[]): FeedRecord => ({
  kind: 'file',
  recordNo: 0,
  messageId: null,
  sku: '',
  problems,
});
