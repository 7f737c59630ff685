import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sellerOf } from './command.ts';
import type { Accepted, JournalEntry } from './entry.ts';

/** Parts of a journal. All of a seller's commands stand in one, so that an audit holds one part in memory at a time. */
const parts = 64;
const bufferedChars = 64 * 1024;

/** Where commands stand that are about the whole programme. */
export const programmePart = 'programme.jsonl';
export const partNames: readonly string[] = Array.from(
  { length: parts },
  (_, no) => `part-${String(no).padStart(2, '0')}.jsonl`,
);

export const partOf = (sellerId: string | null): string =>
  sellerId === null ? programmePart : partNames[createHash('sha1').update(sellerId).digest()[0]! % parts]!;

/**
 * What a load generator writes down while it runs: a folder of files with one line of JSON per command. Adding costs a
 * line in memory; the lines of a part go out 64 KiB at a time, to the page cache, so that a million commands need no more
 * memory than a thousand. What was not flushed is lost with the process: an audit needs the whole of it.
 */
export class Journal {
  readonly folder: string;
  readonly #files = new Map<string, { readonly fd: number; lines: string[]; chars: number }>();
  #seq = 0;

  /** Makes the folder where it is not there. Throws where it already holds a journal. */
  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    for (const name of [programmePart, ...partNames])
      this.#files.set(name, { fd: openSync(join(folder, name), 'wx'), lines: [], chars: 0 });
  }

  /** Entries so far. */
  get size(): number {
    return this.#seq;
  }

  /** To be called when the answer is there, in the order of the answers. */
  add(accepted: Accepted): void {
    const entry: JournalEntry = { seq: this.#seq, ...accepted };
    this.#seq += 1;
    const name = partOf(sellerOf(accepted.command));
    const file = this.#files.get(name)!;
    const line = JSON.stringify(entry);
    file.lines.push(line);
    file.chars += line.length;
    if (file.chars >= bufferedChars) this.#flush(name);
  }

  close(): void {
    for (const [name, { fd }] of this.#files) {
      this.#flush(name);
      closeSync(fd);
    }
    this.#files.clear();
  }

  #flush(name: string): void {
    const file = this.#files.get(name)!;
    if (file.lines.length === 0) return;
    writeSync(file.fd, `${file.lines.join('\n')}\n`);
    file.lines = [];
    file.chars = 0;
  }
}
