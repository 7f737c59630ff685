import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { FeedStop } from '../problem/fatal.ts';
import { shown } from '../problem/shown.ts';
import { BlockReader } from './block-reader.ts';

/** Encodings in which the bytes of tab, line break, quotation mark and `>` mean nothing else. */
export type Encoding = 'utf-8' | 'windows-1252' | 'shift_jis';
type WideEncoding = 'utf-16le' | 'utf-16be';

const labels: Readonly<Record<string, Encoding | WideEncoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  // As on the web: what is declared Latin-1 is read as its superset, which is what Windows programs write.
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  shift_jis: 'shift_jis',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  'windows-31j': 'shift_jis',
  cp932: 'shift_jis',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
};

/** The encoding a label names. @throws FeedStop GE-15005 */
function encodingOf(label: string): Encoding | WideEncoding {
  const encoding = labels[label.trim().toLowerCase()];
  if (!encoding) throw new FeedStop('GE-15005', { encoding: shown(label, 40) });
  return encoding;
}

/** Text of whole characters; broken ones become U+FFFD. */
export function decode(bytes: Buffer, encoding: Encoding): string {
  if (encoding === 'utf-8') return bytes.toString('utf8');
  return isAscii(bytes) ? bytes.toString('latin1') : iconv.decode(bytes, encoding);
}

/**
 * Whether pairs of bytes read like Japanese. Kana would be a comma-like quote or a florin sign before a symbol in Windows-1252.
 * Kanji alone could be typographic marks before letters (`l’école`): of them some must stand together, and nearly all be common.
 */
function readsJapanese(bytes: Uint8Array): boolean {
  let pairs = 0;
  let common = 0;
  let inRow = 0;
  let together = false;
  for (let i = 0; i + 1 < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead <= 0x80 || (lead >= 0xa0 && lead < 0xe0)) {
      inRow = 0;
      continue;
    }
    const trail = bytes[++i]!;
    if (lead === 0x82 && trail >= 0x9f && trail <= 0xf1) return true;
    if (lead === 0x83 && trail >= 0x40 && trail <= 0x96) return true;
    pairs++;
    const isCommon = lead === 0x81 || (lead >= 0x89 && lead <= 0x97);
    common += isCommon ? 1 : 0;
    inRow = isCommon ? inRow + 1 : 0;
    together ||= inRow === 2;
  }
  return together && common >= 0.8 * pairs;
}

/** Damaged in places, but the characters outside ASCII that are whole outnumber the broken ones. */
function mostlyUtf8(lines: Buffer): boolean {
  let whole = 0;
  let broken = 0;
  for (const character of lines.toString('utf8').matchAll(/\P{ASCII}/gu)) {
    if (character[0] === '\uFFFD') broken++;
    else whole++;
  }
  return whole > broken;
}

/** Tells the encoding of whole lines that are not declared; null while they are ASCII and any answer would do. */
export function guessEncoding(lines: Buffer): Encoding | null {
  if (isAscii(lines)) return null;
  if (isUtf8(lines) || mostlyUtf8(lines)) return 'utf-8';
  return readsJapanese(lines) && !iconv.decode(lines, 'shift_jis').includes('\uFFFD') ? 'shift_jis' : 'windows-1252';
}

const byteOrderMarks: readonly (readonly [Encoding | WideEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

async function* asUtf8(source: AsyncIterable<Uint8Array>, encoding: WideEncoding): AsyncGenerator<Uint8Array> {
  const decoder = iconv.getDecoder(encoding, { stripBOM: false });
  for await (const chunk of source) yield Buffer.from(decoder.write(Buffer.from(chunk)), 'utf8');
  yield Buffer.from(decoder.end() ?? '', 'utf8');
}

export interface OpenedText {
  readonly reader: BlockReader;
  /** Null = not said; to be told from the content. */
  readonly encoding: Encoding | null;
  /** False when the reader's positions are not those of the file (UTF-16 is read through UTF-8). */
  readonly exactOffsets: boolean;
}

/**
 * Reads the byte order mark and settles the encoding: mark, else declared, else `told` by the content itself.
 * @throws FeedStop GE-15005 when the label is unknown
 */
export async function openText(
  reader: BlockReader,
  declared: string | undefined,
  fileBytes: number,
  told: (head: Buffer) => string | null = () => null,
): Promise<OpenedText> {
  const head = await reader.window(1024);
  const mark = byteOrderMarks.find(([, bytes]) => bytes.every((byte, i) => head[i] === byte));
  const label = declared ?? told(head);
  const encoding = mark ? mark[0] : label ? encodingOf(label) : null;
  if (mark) reader.consume(mark[1].length);
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be') return { reader, encoding, exactOffsets: true };
  return {
    // Three bytes of UTF-8 for two of UTF-16 at most; the limit on the file itself stays with the inner reader.
    reader: new BlockReader(asUtf8(reader.rest(), encoding), fileBytes * 2),
    encoding: 'utf-8',
    exactOffsets: false,
  };
}
