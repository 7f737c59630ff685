import type { BlockReader } from '../bytes/block-reader.ts';
import { FeedStop } from '../problem/fatal.ts';

const GREATER = 0x3e;

/** Length in bytes of what `text`, up to its character `length` right after a `>`, was decoded from. */
export function bytesOfTags(bytes: Buffer, text: string, length: number): number {
  let at = 0;
  for (let i = text.indexOf('>'); i !== -1 && i < length; i = text.indexOf('>', i + 1))
    at = bytes.indexOf(GREATER, at) + 1;
  return at;
}

/** The encoding that an XML declaration names, or null. */
export const declaredInXml = (head: Buffer): string | null =>
  /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']{1,60})["']/.exec(head.toString('latin1'))?.[1] ?? null;

/**
 * About `blockBytes` up to the end of a tag, so that no character is cut; everything at the end of the file. Not consumed.
 * @throws FeedStop GE-15013 when more than `textBytes` hold no end of a tag
 */
export async function tagBlock(reader: BlockReader, blockBytes: number, textBytes: number): Promise<Buffer> {
  for (let wanted = blockBytes; ; wanted *= 2) {
    const window = await reader.window(wanted);
    if (reader.ended) return window;
    const end = window.lastIndexOf(GREATER) + 1;
    if (end > 0) return window.subarray(0, end);
    if (window.length > textBytes) throw new FeedStop('GE-15013', { limit: textBytes });
  }
}
