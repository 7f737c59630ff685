import { defaultFeedLimits } from '../format.ts';
import type { SharedParts } from './shared-parts.ts';
import type { SheetStream } from './sheet-stream.ts';

/** A workbook between two slices: what its cells refer to, and its sheet, resting where the last slice ended. */
export interface OpenWorkbook {
  readonly shared: SharedParts;
  readonly sheet: SheetStream;
}

/** The place of one file in the memory. */
export interface MemoryOfFile {
  /** Takes the workbook out, so that nobody else reads on with it at the same time; null when there is none. */
  take(): OpenWorkbook | null;
  keep(workbook: OpenWorkbook): void;
}

/**
 * What one process remembers of workbooks between the slices it reads of them. Nothing depends on it but time: whoever does
 * not find a workbook here reads its shared parts again and unpacks the sheet from its start. A workbook leaves it with its
 * last slice, or for one that came after it.
 */
export class WorkbookMemory {
  readonly #workbooks = new Map<string, OpenWorkbook>();
  readonly #mostWorkbooks: number;
  readonly #mostBytes: number;

  /** @param mostBytes of all of them together; a workbook that alone takes up more is not kept */
  constructor(mostWorkbooks = 2, mostBytes = 2 * defaultFeedLimits.sharedTextBytes) {
    this.#mostWorkbooks = mostWorkbooks;
    this.#mostBytes = mostBytes;
  }

  /** @param document stands for bytes that never change */
  of(document: string): MemoryOfFile {
    return { take: () => this.#take(document), keep: (workbook) => this.#keep(document, workbook) };
  }

  /** For a file of which nothing more will be read. */
  forget(document: string): void {
    this.#take(document)?.sheet.discard();
  }

  #take(document: string): OpenWorkbook | null {
    const workbook = this.#workbooks.get(document) ?? null;
    this.#workbooks.delete(document);
    return workbook;
  }

  #keep(document: string, workbook: OpenWorkbook): void {
    this.forget(document);
    this.#workbooks.set(document, workbook);
    for (const oldest of this.#workbooks.keys()) {
      if (this.#workbooks.size <= this.#mostWorkbooks && this.#heldBytes() <= this.#mostBytes) return;
      this.forget(oldest);
    }
  }

  #heldBytes(): number {
    let bytes = 0;
    for (const { shared, sheet } of this.#workbooks.values()) {
      bytes += shared.texts.heldBytes + shared.formats.length + sheet.heldBytes;
    }
    return bytes;
  }
}
