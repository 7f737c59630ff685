import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UserMistake } from './mistake.ts';

/** Writes to `path`, or with `-` to standard output. Throws UserMistake where nothing can be written there. @param what `The report` */
export async function saveBytes(bytes: Readable, path: string, what: string): Promise<void> {
  try {
    if (path === '-') await pipeline(bytes, process.stdout, { end: false });
    else await pipeline(bytes, createWriteStream(path));
  } catch (error) {
    const { code, message, syscall } = error as NodeJS.ErrnoException;
    // Whoever reads it has seen enough.
    if (path === '-' && code === 'EPIPE') return;
    // Of the connection, not of the file.
    if (code === undefined || syscall === undefined || syscall === 'read') throw error;
    throw new UserMistake(
      `${what} cannot be written to ${path}: ${code === 'ENOENT' ? 'there is no such folder' : message}.`,
    );
  }
}
