import type { FeedLimits } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import type { RowCells } from '../tab/table-row.ts';
import { booleanText, columnOf, numberText, unescaped, withZeros } from './cell-text.ts';
import { type PartListener, PartParser, partNode } from './part-parser.ts';
import type { SharedParts } from './shared-parts.ts';

const inlineText = partNode('', { t: partNode('inline'), r: partNode('', { t: partNode('inline') }) });
const cell = partNode('cell', { v: partNode('value'), is: inlineText });
const document = partNode('', {
  worksheet: partNode('sheet', { sheetData: partNode('rows', { row: partNode('row', { c: cell }) }) }),
});

/** Called at the end of each row. @param no its number in the sheet @param end where it ends in the text written last */
export type RowListener = (no: number, end: number) => void;

/** Turns the XML of a sheet into rows of cells, piece by piece. */
export class SheetParser implements PartListener {
  /** All rows were read; what follows is not looked at. */
  done = false;
  /** Root element and element of the rows, as written. */
  readonly elements: [string, string] = ['', ''];

  readonly #parser: PartParser;
  readonly #limits: FeedLimits;
  readonly #shared: SharedParts;
  readonly #row: RowCells;
  readonly #rowEnded: RowListener;
  #rowNo: number;
  #column = -1;
  #type = 'n';
  /** Digits that its format shows at least. */
  #digits = 0;
  #text = '';

  /** @param row takes the cells of one row after another @param rowNo number of the last row before this text */
  constructor(limits: FeedLimits, shared: SharedParts, row: RowCells, rowEnded: RowListener, rowNo = 0) {
    this.#limits = limits;
    this.#shared = shared;
    this.#row = row;
    this.#rowEnded = rowEnded;
    this.#rowNo = rowNo;
    this.#parser = new PartParser(document, this, limits);
  }

  /** @throws FeedStop GE-15006, GE-15012, GE-15013, GE-15037, and what the listener throws */
  write(text: string): void {
    this.#parser.write(text);
  }

  /** Goes on between two rows of a sheet whose start was read before. */
  reenter(elements: readonly [string, string]): void {
    for (const name of elements) this.#parser.write(`<${name}>`);
  }

  opened(role: string, attributes: Readonly<Record<string, string>>, written: string): void {
    if (this.done) return;
    const { r: place, t: type = 'n', s: format = '0' } = attributes;
    if (role === 'cell') {
      this.#column = columnOf(place) ?? this.#column + 1;
      this.#type = type;
      this.#digits = this.#shared.formats[Number(format)] ?? 0;
      this.#text = '';
    } else if (role === 'row') {
      this.#rowNo = this.#numberOf(place);
      this.#column = -1;
      this.#row.clear();
    } else if (role === 'sheet') {
      this.elements[0] = written;
    } else if (role === 'rows') {
      this.elements[1] = written;
    }
  }

  text(role: string, piece: string): void {
    if (role !== (this.#type === 'inlineStr' ? 'inline' : 'value')) return;
    // One character more than allowed is enough to tell.
    const room = this.#limits.cellLength + 1 - this.#text.length;
    if (room > 0) this.#text += piece.length > room ? piece.slice(0, room) : piece;
  }

  closed(role: string, end: number): void {
    if (this.done) return;
    if (role === 'cell' && this.#text !== '' && this.#row.wants(this.#column)) {
      this.#row.keep(this.#column, this.#cellText().trim());
    } else if (role === 'row') {
      this.#rowEnded(this.#rowNo, end);
    } else if (role === 'rows' || role === 'sheet') {
      this.done = true;
    }
  }

  /** Rows may leave out their number, and rows without cells may be left out themselves. */
  #numberOf(written: string | undefined): number {
    if (written === undefined) return this.#rowNo + 1;
    const no = /^\d{1,7}$/.test(written) ? Number(written) : 0;
    if (no <= this.#rowNo) throw new FeedStop('GE-15037');
    return no;
  }

  #cellText(): string {
    switch (this.#type) {
      case 's':
        return this.#shared.texts.at(/^\s*\d+\s*$/.test(this.#text) ? Number(this.#text) : -1);
      case 'n':
        return withZeros(numberText(this.#text), this.#digits);
      case 'b':
        return booleanText(this.#text.trim());
      default:
        return unescaped(this.#text);
    }
  }
}
