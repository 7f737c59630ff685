import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { HttpRefusal } from './refused.ts';

/** How many times its own size a gzipped upload may become. Tables that repeat themselves become a hundred times theirs. */
const mostTimes = 200;

/** Bytes that nobody minds, whatever they were unpacked from. */
const unminded = 1024 * 1024;

/**
 * The bytes of a request that came gzipped. Throws `http.malformed_gzip` where they are not, or were cut off, and
 * `http.too_large` where very little unpacks to very much.
 */
export async function* unzipped(request: IncomingMessage): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const cutOff = () => gunzip.destroy(new Error('the request was cut off'));
  request.once('close', () => {
    if (!request.complete) cutOff();
  });
  request.once('error', cutOff);
  request.pipe(gunzip);
  let size = 0;
  try {
    for await (const part of gunzip as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > unminded && size > mostTimes * gunzip.bytesWritten) throw new HttpRefusal('http.too_large');
      yield part;
    }
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('Z_')) throw new HttpRefusal('http.malformed_gzip');
    throw error;
  } finally {
    request.unpipe(gunzip);
  }
}
