import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Upload } from '@ge/api';
import { bytesOf } from './bytesOf.ts';
import { HttpRefusal } from './refused.ts';
import { unzipped } from './unzipped.ts';

/** An upload received in full, so that no transaction waits for a slow sender. */
export interface Spooled {
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  /** The bytes from the beginning, as often as needed. */
  read(): AsyncIterable<Uint8Array>;
  discard(): Promise<void>;
}

/**
 * Receives an upload into a passing file, unpacked where it comes gzipped. Throws `http.unsupported_media_type`,
 * `http.too_large` or `http.malformed_gzip`; leaves nothing then.
 */
export async function spool(request: IncomingMessage, { mediaTypes, maxBytes }: Upload): Promise<Spooled> {
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const encoding = request.headers['content-encoding'] ?? 'identity';
  const isGzipped = encoding === 'gzip' || encoding === 'x-gzip';
  if (!mediaTypes.includes(mediaType) || !(isGzipped || encoding === 'identity'))
    throw new HttpRefusal('http.unsupported_media_type');
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw new HttpRefusal('http.too_large');
  const folder = await mkdtemp(join(tmpdir(), 'ge-upload-'));
  const path = join(folder, 'bytes');
  const discard = () => rm(folder, { recursive: true, force: true });
  try {
    const hash = createHash('sha256');
    let size = 0;
    await using file = await open(path, 'wx', 0o600);
    for await (const part of isGzipped ? unzipped(request) : bytesOf(request)) {
      size += part.length;
      if (size > maxBytes) throw new HttpRefusal('http.too_large');
      hash.update(part);
      await file.writeFile(part);
    }
    return { mediaType, size, sha256: hash.digest('hex'), read: () => createReadStream(path), discard };
  } catch (error) {
    await discard();
    throw error;
  }
}
