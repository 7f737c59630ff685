import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserMistake } from '../mistake.ts';

/** A file that is to be sent. It is never held as a whole. */
export interface FeedFile {
  readonly path: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** As much of its beginning as tells what it is. */
  readonly head: Buffer;
}

const headBytes = 64 * 1024;
const longestName = 200;

/** Throws UserMistake, one line, where there is no file to read. */
export async function openFeedFile(path: string): Promise<FeedFile> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new UserMistake(`${path} is no file.`);
    await using file = await open(path, 'r');
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return { path, name: basename(path).slice(-longestName), size: found.size, head: buffer.subarray(0, bytesRead) };
  } catch (error) {
    throw error instanceof UserMistake ? error : unreadable(path, error);
  }
}

/** Why a file cannot be read, in a line. */
export function unreadable(path: string, error: unknown): UserMistake {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new UserMistake(`There is no file ${path}.`);
  return new UserMistake(code === 'EACCES' ? `${path} may not be read.` : `${path} cannot be read: ${message}`);
}

/** SHA-256 of its bytes, in hex. @param onBytes how many have been gone through so far. Throws the reason of the signal. */
export async function sha256Of(
  { path }: FeedFile,
  onBytes: (done: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256');
  let done = 0;
  for await (const part of createReadStream(path, { signal }) as AsyncIterable<Buffer>) {
    hash.update(part);
    done += part.length;
    onBytes(done);
  }
  return hash.digest('hex');
}
