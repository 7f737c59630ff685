/** One row of a table, whatever it was written in: what a table format makes a record of. */
export interface TableRow {
  /** Cells by slot, without outer blanks. */
  readonly cells: readonly string[];
  /** The row has text beyond the header's columns. */
  readonly excess: boolean;
  /** Bit per slot whose quotation mark was taken as text. */
  readonly stray: number;
}

/** Gathers the cells of one row after another and keeps only those that are wanted. */
export class RowCells implements TableRow {
  readonly cells: string[];
  excess = false;
  stray = 0;
  /** The row has no text at all. */
  blank = true;

  protected readonly columnCount: number;
  readonly #slotOf: Int16Array;

  /** @param columns column of each slot, -1 where the file lacks it */
  constructor(columns: readonly number[], columnCount: number) {
    this.cells = columns.map(() => '');
    this.#slotOf = new Int16Array(Math.max(columnCount, 1)).fill(-1);
    columns.forEach((column, slot) => {
      if (column >= 0) this.#slotOf[column] = slot;
    });
    this.columnCount = columnCount;
  }

  clear(): void {
    this.cells.fill('');
    this.excess = false;
    this.blank = true;
    this.stray = 0;
  }

  /** Slot of a column, -1 when its text is not kept. */
  slotOf(column: number): number {
    return column < this.columnCount ? this.#slotOf[column]! : -1;
  }

  /** False when it makes no difference what stands in this column. */
  wants(column: number): boolean {
    return this.blank || column >= this.columnCount || this.#slotOf[column]! >= 0;
  }

  /** @param cell without outer blanks */
  keep(column: number, cell: string): void {
    if (cell === '') return;
    this.blank = false;
    const slot = this.slotOf(column);
    if (slot >= 0) this.cells[slot] = cell;
    else if (column >= this.columnCount) this.excess = true;
  }
}
