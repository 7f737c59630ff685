import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/** Unpacks a raw deflate stream. Where it is left early, its source is closed before this ends. */
export async function* inflated(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const source = Readable.from(packed, { objectMode: false });
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  // What goes wrong in it reaches whoever reads.
  const piped = pipeline(source, inflate).catch(() => {});
  try {
    yield* inflate;
  } finally {
    inflate.destroy();
    source.destroy();
    await piped;
    if (!source.closed) await once(source, 'close');
  }
}
