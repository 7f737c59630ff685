import { BlockReader } from '../bytes/block-reader.ts';
import type { FeedLimits } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import type { PartStream } from './part-stream.ts';
import type { StoredBytes } from './stored-bytes.ts';
import type { ZipParts } from './zip-parts.ts';

/** What unpacking keeps by itself: the window of deflate and what it has ready, and a piece that is still packed. */
const inflationBytes = 512 * 1024;

/** The unpacked bytes of a sheet from a place on. It can rest between two rows, and be gone on with much later. */
export class SheetStream {
  readonly reader: BlockReader;
  readonly #part: PartStream;

  private constructor(part: PartStream, limits: FeedLimits) {
    this.#part = part;
    this.reader = new BlockReader(part, limits.unpackedBytes);
  }

  /** From its start. @throws whatever a part may throw */
  static async open(parts: ZipParts, name: string, limits: FeedLimits): Promise<SheetStream> {
    return new SheetStream(await parts.part(name), limits);
  }

  /** Unpacked bytes of the whole sheet. */
  get size(): number {
    return this.#part.size;
  }

  /** Bytes of memory it takes up, about. */
  get heldBytes(): number {
    return this.reader.heldBytes + inflationBytes;
  }

  /** Passes over what stands before a byte. @throws FeedStop GE-15037 when the sheet ends before */
  async passTo(byte: number, blockBytes: number): Promise<void> {
    while (this.reader.offset < byte) {
      const { length } = await this.reader.window(Math.min(blockBytes, byte - this.reader.offset));
      if (length === 0) throw new FeedStop('GE-15037');
      this.reader.consume(length);
    }
  }

  /** Closes what it reads from. @param byte where it is gone on with, within the last window */
  async rest(byte: number): Promise<void> {
    this.reader.consume(byte - this.reader.offset);
    await this.reader.close();
  }

  /** @param file the same one */
  goOn(file: StoredBytes): void {
    this.#part.goOn(file);
  }

  async close(): Promise<void> {
    await this.reader.close();
    this.discard();
  }

  /** Frees the memory of one that rests. */
  discard(): void {
    this.#part.discard();
  }
}
