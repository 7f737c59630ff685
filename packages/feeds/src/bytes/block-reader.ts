import { FeedStop } from '../problem/fatal.ts';

/**
 * A window over a stream of bytes. Windows depend on the bytes and on what was consumed, never on how the source
 * cuts its chunks, so a file read again (or from a checkpoint) falls into the same pieces.
 */
export class BlockReader {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #limit: number;
  #pending: Uint8Array = new Uint8Array(0);
  #buffer = Buffer.allocUnsafe(0);
  #start = 0;
  #end = 0;
  #taken = 0;
  #offset: number;
  #exhausted = false;
  #ended = false;

  /** True when the source had more than the limit: the window ends there as if the file did. */
  overLimit = false;

  constructor(source: AsyncIterable<Uint8Array>, limit: number, offset = 0) {
    this.#source = source[Symbol.asyncIterator]();
    this.#limit = limit;
    this.#offset = offset;
    this.#taken = offset;
  }

  /** Position in the file of the first byte not consumed. */
  get offset(): number {
    return this.#offset;
  }

  /** True when the last window held everything that is left. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Bytes of memory it takes up. */
  get heldBytes(): number {
    return this.#buffer.length + this.#pending.length;
  }

  /** The first `size` unread bytes, fewer only at the end. Valid until the next call. */
  async window(size: number): Promise<Buffer> {
    while (this.#end - this.#start < size && !this.#exhausted) {
      if (this.#pending.length === 0) await this.#pull();
      else this.#copy(size);
    }
    // One byte more is asked for, so that `ended` is known together with the last window.
    while (this.#pending.length === 0 && !this.#exhausted) await this.#pull();
    this.#ended = this.#exhausted && this.#end - this.#start <= size;
    return this.#buffer.subarray(this.#start, Math.min(this.#end, this.#start + size));
  }

  consume(bytes: number): void {
    this.#start += bytes;
    this.#offset += bytes;
  }

  /** What was not consumed, as a stream of its own. @throws FeedStop 41001 where the limit cuts it off */
  async *rest(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const bytes = await this.window(64 * 1024);
      if (bytes.length === 0) {
        if (this.overLimit) throw new FeedStop('41001', { limit: this.#limit });
        return;
      }
      this.consume(bytes.length);
      yield Uint8Array.from(bytes);
    }
  }

  /** Lets go of the source before its end. Where that can go on later, so can this. */
  async close(): Promise<void> {
    if (!this.#exhausted || this.overLimit) await this.#source.return?.();
  }

  async #pull(): Promise<void> {
    if (this.overLimit) {
      this.#exhausted = true;
      return;
    }
    const next = await this.#source.next();
    if (next.done) {
      this.#exhausted = true;
      return;
    }
    const room = this.#limit - this.#taken;
    this.#pending = next.value;
    if (this.#pending.length > room) {
      this.#pending = this.#pending.subarray(0, Math.max(0, room));
      this.overLimit = true;
    }
    this.#taken += this.#pending.length;
  }

  #copy(size: number): void {
    if (this.#start + size > this.#buffer.length) {
      const buffer = size > this.#buffer.length / 2 ? Buffer.allocUnsafe(size * 2) : this.#buffer;
      this.#buffer.copy(buffer, 0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
      this.#buffer = buffer;
    }
    const part = this.#pending.subarray(0, size - (this.#end - this.#start));
    this.#buffer.set(part, this.#end);
    this.#end += part.length;
    this.#pending = this.#pending.subarray(part.length);
  }
}
