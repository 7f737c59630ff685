import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const PIECE = 64 * 1024;

/** Larger pieces of the same text, so that a stream is not asked once per line. */
function* pieces(text: Iterable<string>): Generator<Buffer> {
  let waiting = '';
  for (const part of text) {
    waiting += part;
    if (waiting.length < PIECE) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  if (waiting !== '') yield Buffer.from(waiting);
}

/** Streams a file to its place; it appears there once it is whole. Gives its size in bytes. */
export async function writeFile(path: string, text: Iterable<string>): Promise<number> {
  const partial = `${path}.partial`;
  const file = createWriteStream(partial);
  try {
    await pipeline(Readable.from(pieces(text), { objectMode: false }), file);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return file.bytesWritten;
}
