import { createInflateRaw } from 'node:zlib';

/**
 * Unpacks a raw deflate stream as far as it is asked to. Packed bytes are pulled in only once all before them are used, so
 * that nothing is under way between two calls, however long the time between them.
 */
export class Inflation {
  readonly #inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  #failure: { readonly error: unknown } | null = null;
  #idle = true;
  #wake = (): void => {};

  constructor() {
    const wake = () => this.#wake();
    this.#inflate.on('readable', wake).on('end', wake);
    this.#inflate.on('error', (error) => {
      this.#failure ??= { error };
      wake();
    });
  }

  /**
   * The next unpacked bytes, never empty; null at the end.
   * @param pull the next packed bytes, null at their end; what it throws does no harm to this
   * @throws what `pull` throws, and an Error when the packed bytes are damaged or cut off
   */
  async next(pull: () => Promise<Uint8Array | null>): Promise<Uint8Array | null> {
    for (;;) {
      const bytes: Buffer | null = this.#inflate.read();
      if (bytes) return bytes;
      if (this.#failure) throw this.#failure.error;
      if (this.#inflate.readableEnded) return null;
      if (this.#idle) this.#give(await pull());
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Frees its memory; it is of no use any more. */
  close(): void {
    this.#inflate.destroy();
  }

  #give(packed: Uint8Array | null): void {
    this.#idle = false;
    if (!packed) {
      this.#inflate.end();
      return;
    }
    this.#inflate.write(packed, () => {
      this.#idle = true;
      this.#wake();
    });
  }
}
