import type { FeedLimits } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import { unescaped } from './cell-text.ts';
import { type PartListener, PartParser, parsePart, partNode } from './part-parser.ts';

/** A text may consist of runs with formats of their own; how it is pronounced (rPh) is not part of it. */
const document = partNode('', {
  sst: partNode('', { si: partNode('item', { t: partNode('text'), r: partNode('', { t: partNode('text') }) }) }),
});

/**
 * The texts that cells share, by number. Kept in one piece of memory and made into strings only when asked for: hundreds
 * of thousands of them then weigh what their bytes weigh.
 */
export class SharedTexts {
  readonly #limit: number;
  #bytes = Buffer.alloc(64 * 1024);
  #ends = new Uint32Array(1024);
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes of memory they take up. */
  get heldBytes(): number {
    return this.#bytes.length + this.#ends.byteLength;
  }

  /** @throws FeedStop GE-15039 when they grow too large together */
  add(text: string): void {
    const start = this.#count === 0 ? 0 : this.#ends[this.#count - 1]!;
    const end = start + Buffer.byteLength(text);
    if (end + this.#count * 4 > this.#limit) throw new FeedStop('GE-15039', { limit: this.#limit });
    if (end > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], Math.max(end, this.#bytes.length * 2));
    this.#bytes.write(text, start);
    if (this.#count === this.#ends.length) {
      const ends = new Uint32Array(this.#count * 2);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    this.#ends[this.#count++] = end;
  }

  /** @throws FeedStop GE-15037 when there is no such text */
  at(index: number): string {
    if (!(index >= 0 && index < this.#count)) throw new FeedStop('GE-15037');
    return this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]);
  }
}

/**
 * @param part the unpacked sharedStrings part
 * @throws FeedStop GE-15039 when the texts are too large together; whatever a part may throw
 */
export async function readSharedTexts(
  part: AsyncIterable<Uint8Array>,
  limits: FeedLimits,
  blockBytes: number,
): Promise<SharedTexts> {
  const texts = new SharedTexts(limits.sharedTextBytes);
  let text = '';
  const listener: PartListener = {
    opened: (role) => {
      if (role === 'item') text = '';
    },
    closed: (role) => {
      if (role === 'item') texts.add(unescaped(text));
    },
    text: (role, piece) => {
      // One character more than allowed is enough to tell.
      if (role === 'text' && text.length <= limits.cellLength)
        text += piece.slice(0, limits.cellLength + 1 - text.length);
    },
  };
  await parsePart(part, new PartParser(document, listener, limits), limits, blockBytes);
  return texts;
}
