import { RandomAccessReader } from 'yauzl';
import { FeedStop } from '../problem/fatal.ts';

/** Bytes fetched together where a reader jumps: the directory of a workbook then comes in one piece. */
const windowBytes = 256 * 1024;

/** A file that is given from any byte on, read where the directory of an archive says. */
export class StoredBytes extends RandomAccessReader {
  readonly #open: (fromByte: number) => AsyncIterable<Uint8Array>;
  readonly #size: number;
  /** What the source threw. */
  #failure: { readonly error: unknown } | null = null;
  #window = Buffer.alloc(0);
  #windowStart = 0;

  constructor(open: (fromByte: number) => AsyncIterable<Uint8Array>, size: number) {
    super();
    this.#open = open;
    this.#size = size;
  }

  /** The bytes from `start` up to, not including, `end`; fewer only where the file is shorter. */
  async *range(start: number, end: number): AsyncGenerator<Uint8Array> {
    const source = this.#open(start)[Symbol.asyncIterator]();
    try {
      for (let left = end - start; left > 0; ) {
        const next = await source.next().catch((error: unknown) => {
          this.#failure ??= { error };
          throw error;
        });
        if (next.done) return;
        yield next.value.subarray(0, left);
        left -= next.value.length;
      }
    } finally {
      await source.return?.();
    }
  }

  /** What to throw for what was thrown while unpacking: it is the file's fault unless the source threw first. */
  faultOf(error: unknown): unknown {
    if (this.#failure) return this.#failure.error;
    return error instanceof FeedStop ? error : new FeedStop('GE-15037');
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#fetched(position, length).then(
      (bytes) => {
        bytes.copy(buffer, offset);
        callback(bytes.length < length ? new Error('the file ends before') : null);
      },
      (error: Error) => callback(error),
    );
  }

  async #fetched(position: number, length: number): Promise<Buffer> {
    if (position < this.#windowStart || position + length > this.#windowStart + this.#window.length) {
      const end = Math.min(this.#size, position + Math.max(length, windowBytes));
      this.#window = Buffer.concat(await Array.fromAsync(this.range(position, end)));
      this.#windowStart = position;
    }
    const start = position - this.#windowStart;
    return this.#window.subarray(start, start + length);
  }
}
