import { RowCells } from './table-row.ts';

const TAB = 9;
const LF = 10;
const CR = 13;
const QUOTE = 34;

/** The row's quoted text goes on beyond the text at hand. */
export const INCOMPLETE = -1;

/**
 * Cuts tab-delimited text into rows and keeps only the cells that are wanted, without outer blanks.
 *
 * LF, CR and CR LF end a row, mixed as they come. A cell that starts with a quotation mark and ends with one (doubled
 * marks inside) may hold tabs and line breaks. Marks anywhere else are text, as in `15" monitor`. So is an opening mark
 * whose partner is missing, too far away, or in a later row: when what it encloses holds both a line break and a tab
 * while its own line is a complete row, the rows in between are rows. A stray mark thus costs no row beside it
 * (which is why this is not left to a CSV parser; those fail at the end of the file or take the rows for text).
 */
export class RowScanner extends RowCells {
  readonly #cellLength: number;
  #text = '';
  #final = false;
  // Position of the next mark of each kind, the text's length when there is none: each stretch is searched once.
  #lf = 0;
  #cr = 0;
  #tab = 0;
  #quote = 0;

  /** @param columns column of each slot, -1 where the file lacks it */
  constructor(columns: readonly number[], columnCount: number, cellLength: number) {
    super(columns, columnCount);
    this.#cellLength = cellLength;
  }

  /** @param final nothing follows this text */
  load(text: string, final: boolean): void {
    this.#text = text;
    this.#final = final;
    this.#lf = text.indexOf('\n');
    this.#cr = text.indexOf('\r');
    this.#tab = text.indexOf('\t');
    this.#quote = text.indexOf('"');
    if (this.#lf === -1) this.#lf = text.length;
    if (this.#cr === -1) this.#cr = text.length;
    if (this.#tab === -1) this.#tab = text.length;
    if (this.#quote === -1) this.#quote = text.length;
  }

  /** Reads the row at `at` and returns where the next one starts, or INCOMPLETE. Rows are asked for in order. */
  next(at: number): number {
    this.clear();
    const end = this.#quoteFrom(at) < this.#lineEnd(at) ? this.#quotedRow(at) : this.#plainRow(at);
    if (end === INCOMPLETE) return INCOMPLETE;
    const text = this.#text;
    return text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? end + 2 : end + 1;
  }

  #plainRow(start: number): number {
    const end = this.#lineEnd(start);
    let at = start;
    for (let column = 0; ; column++) {
      const tab = this.#tabFrom(at);
      const cellEnd = Math.min(tab, end);
      if (cellEnd > at) this.#take(column, at, cellEnd);
      if (cellEnd === end) return end;
      at = cellEnd + 1;
    }
  }

  #quotedRow(start: number): number {
    const text = this.#text;
    let at = start;
    for (let column = 0; ; column++) {
      let close = -1;
      const opens = text.charCodeAt(at) === QUOTE;
      if (opens) {
        close = this.#closing(at);
        if (close === INCOMPLETE) return INCOMPLETE;
        if (close > 0 && this.#enclosesRows(at, close, column)) close = 0;
      }
      const cellEnd = close > 0 ? close + 1 : Math.min(this.#tabFrom(at), this.#lineEnd(at));
      if (close > 0)
        this.keep(
          column,
          text
            .slice(at + 1, close)
            .replaceAll('""', '"')
            .trim(),
        );
      else if (cellEnd > at) this.#take(column, at, cellEnd, opens);
      if (text.charCodeAt(cellEnd) !== TAB) return cellEnd;
      at = cellEnd + 1;
    }
  }

  /** Position of the mark that closes the one at `open`, 0 when the opening one is text. */
  #closing(open: number): number {
    const text = this.#text;
    const furthest = open + this.#cellLength + 1;
    for (let from = open + 1; ; from += 2) {
      from = text.indexOf('"', from);
      if (from === -1) return this.#final || text.length > furthest ? 0 : INCOMPLETE;
      if (from > furthest) return 0;
      const next = text.charCodeAt(from + 1);
      if (next === QUOTE) continue;
      return next === TAB || next === LF || next === CR || from + 1 === text.length ? from : 0;
    }
  }

  #enclosesRows(open: number, close: number, column: number): boolean {
    const lineEnd = this.#lineEnd(open);
    if (lineEnd > close) return false;
    let tab = this.#tabFrom(open);
    if (tab > close) return false;
    let cells = column + 1;
    for (; tab !== -1 && tab < lineEnd && cells < this.columnCount; cells++) tab = this.#text.indexOf('\t', tab + 1);
    return cells >= this.columnCount;
  }

  #take(column: number, from: number, to: number, stray = false): void {
    if (!this.wants(column)) return;
    this.keep(column, trimmed(this.#text, from, to));
    const slot = stray ? this.slotOf(column) : -1;
    if (slot >= 0) this.stray |= 1 << slot;
  }

  #lineEnd(at: number): number {
    const text = this.#text;
    if (this.#lf < at) {
      this.#lf = text.indexOf('\n', at);
      if (this.#lf === -1) this.#lf = text.length;
    }
    if (this.#cr < at) {
      this.#cr = text.indexOf('\r', at);
      if (this.#cr === -1) this.#cr = text.length;
    }
    return Math.min(this.#lf, this.#cr);
  }

  #tabFrom(at: number): number {
    if (this.#tab < at) {
      this.#tab = this.#text.indexOf('\t', at);
      if (this.#tab === -1) this.#tab = this.#text.length;
    }
    return this.#tab;
  }

  #quoteFrom(at: number): number {
    if (this.#quote < at) {
      this.#quote = this.#text.indexOf('"', at);
      if (this.#quote === -1) this.#quote = this.#text.length;
    }
    return this.#quote;
  }
}

function trimmed(text: string, from: number, to: number): string {
  const first = text.charCodeAt(from);
  const last = text.charCodeAt(to - 1);
  const cell = text.slice(from, to);
  return first > 32 && last > 32 && first < 128 && last < 128 ? cell : cell.trim();
}
