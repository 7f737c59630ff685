import { crc32 } from 'node:zlib';
import { FeedStop } from '../problem/fatal.ts';
import { Inflation } from './inflation.ts';
import type { StoredBytes } from './stored-bytes.ts';

/** Where the bytes of a part stand in the file, and what the directory says of them. */
export interface PartPlace {
  readonly start: number;
  /** First byte behind it. */
  readonly end: number;
  readonly isDeflated: boolean;
  /** Bytes it unpacks to, and their checksum. */
  readonly size: number;
  readonly sum: number;
}

/**
 * One part, unpacked from its start to its end. `return` closes what it reads from, as at the end of a loop that is left
 * early; it then rests where it is, and goes on there when it is given the same file again.
 */
export class PartStream implements AsyncIterableIterator<Uint8Array> {
  readonly #place: PartPlace;
  readonly #inflation: Inflation | null;
  #file: StoredBytes | null;
  #source: AsyncGenerator<Uint8Array> | null = null;
  /** Place in the file of the next packed byte. */
  #at: number;
  #size = 0;
  #sum = 0;

  constructor(place: PartPlace, file: StoredBytes) {
    this.#place = place;
    this.#file = file;
    this.#inflation = place.isDeflated ? new Inflation() : null;
    this.#at = place.start;
  }

  /** Bytes that all of it unpacks to. */
  get size(): number {
    return this.#place.size;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** @throws FeedStop GE-15037 when it is not what the directory says; whatever the source throws */
  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const file = this.#file!;
    try {
      const packed = () => this.#packed(file);
      const bytes = await (this.#inflation ? this.#inflation.next(packed) : packed());
      if (bytes) {
        this.#size += bytes.length;
        this.#sum = crc32(bytes, this.#sum);
        if (this.#size <= this.#place.size) return { done: false, value: bytes };
        // The size was understated: the rest is not looked at.
      }
      if (this.#size !== this.#place.size || this.#sum !== this.#place.sum) throw new FeedStop('GE-15037');
    } catch (error) {
      throw file.faultOf(error);
    }
    return this.return();
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    const source = this.#source;
    this.#source = null;
    this.#file = null;
    await source?.return(undefined);
    return { done: true, value: undefined };
  }

  goOn(file: StoredBytes): void {
    this.#file = file;
  }

  /** Frees the memory of what rests. */
  discard(): void {
    this.#inflation?.close();
  }

  async #packed(file: StoredBytes): Promise<Uint8Array | null> {
    this.#source ??= file.range(this.#at, this.#place.end);
    const next = await this.#source.next();
    if (next.done) return null;
    this.#at += next.value.length;
    return next.value;
  }
}
