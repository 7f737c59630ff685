import type { BlockReader } from './block-reader.ts';

const LF = 0x0a;
const CR = 0x0d;

/** Length of the part that consists of whole lines; a CR at the very end may be half of CR LF and does not count. */
export function wholeLines(bytes: Buffer, ended: boolean): number {
  if (ended) return bytes.length;
  const lf = bytes.lastIndexOf(LF);
  const cr = bytes.length < 2 ? -1 : bytes.lastIndexOf(CR, bytes.length - 2);
  return Math.max(lf, cr) + 1;
}

/**
 * Length in bytes of what `text`, up to its character `length` right after a line break, was decoded from.
 * Line breaks are counted, because decoding may have changed the length of anything but them.
 */
export function bytesOfLines(bytes: Buffer, text: string, length: number): number {
  if (length >= text.length) return bytes.length;
  let breaks = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || (code === CR && text.charCodeAt(i + 1) !== LF)) breaks++;
  }
  let at = 0;
  for (; breaks > 0 && at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) breaks--;
  }
  return at;
}

/** Passes over the rest of a line that is too long to be looked at. */
export async function skipLine(reader: BlockReader): Promise<void> {
  for (;;) {
    const bytes = await reader.window(64 * 1024);
    const lf = bytes.indexOf(LF);
    const cr = bytes.indexOf(CR);
    const end = lf === -1 ? cr : cr === -1 ? lf : Math.min(lf, cr);
    if (end === -1) {
      reader.consume(bytes.length);
      if (reader.ended) return;
      continue;
    }
    reader.consume(end + 1);
    if (bytes[end] === CR && (await reader.window(1))[0] === LF) reader.consume(1);
    return;
  }
}
