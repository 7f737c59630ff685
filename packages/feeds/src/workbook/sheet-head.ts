import { BlockReader } from '../bytes/block-reader.ts';
import type { FeedLimits } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import { filled } from '../tab/head-rows.ts';
import type { HeadRow } from '../tab/header.ts';
import { RowCells } from '../tab/table-row.ts';
import { bytesOfTags, tagBlock } from '../xml/tag-blocks.ts';
import { openPart } from './part-parser.ts';
import type { SharedParts } from './shared-parts.ts';
import { SheetParser } from './sheet-parser.ts';

/** One of the first rows of a sheet; `end` is its number there. */
export interface SheetHeadRow extends HeadRow {
  /** Unpacked bytes of the sheet up to its end. */
  readonly rowEnd: number;
}

export interface SheetHead {
  readonly rows: readonly SheetHeadRow[];
  readonly elements: readonly [string, string];
}

/** Rows a header may take with what stands above it. */
const headRows = 3;

/**
 * The first rows with text of a sheet, all cells of them.
 * @throws FeedStop GE-15014 when one of them holds too much text; whatever a part may throw
 */
export async function readSheetHead(
  sheet: AsyncIterable<Uint8Array>,
  shared: SharedParts,
  limits: FeedLimits,
  blockBytes: number,
): Promise<SheetHead> {
  const all = Array.from({ length: limits.columns }, (_, column) => column);
  const row = new RowCells(all, all.length);
  const rows: SheetHeadRow[] = [];
  let ended: (Omit<SheetHeadRow, 'rowEnd'> & { readonly at: number })[] = [];
  const parser = new SheetParser(limits, shared, row, (end, at) => {
    if (row.blank || rows.length + ended.length >= headRows) return;
    const cells = filled(row.cells);
    const length = cells.reduce((sum, cell) => sum + cell.length, 0);
    if (length > limits.rowBytes) throw new FeedStop('GE-15014', { limit: limits.rowBytes });
    ended.push({ cells, tooWide: row.excess, end, at });
  });
  const reader = new BlockReader(sheet, limits.unpackedBytes);
  try {
    await openPart(reader, limits);
    while (rows.length < headRows && !parser.done) {
      const block = await tagBlock(reader, blockBytes, limits.xmlTextBytes);
      if (block.length === 0) throw new FeedStop('GE-15037');
      const text = block.toString('utf8');
      parser.write(text);
      for (const { at, ...head } of ended) rows.push({ ...head, rowEnd: reader.offset + bytesOfTags(block, text, at) });
      ended = [];
      reader.consume(block.length);
    }
  } finally {
    await reader.close();
  }
  return { rows, elements: parser.elements };
}
