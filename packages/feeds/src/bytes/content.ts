const startsWith = (bytes: Uint8Array, ...magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);

const binaryFormat = (head: Uint8Array): string | null => {
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04)) return 'ZIP/XLSX';
  if (startsWith(head, 0x1f, 0x8b)) return 'GZIP';
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) return 'XLS';
  if (startsWith(head, 0x25, 0x50, 0x44, 0x46)) return 'PDF';
  return null;
};

export type TextContent = 'XML' | 'HTML' | 'JSON' | 'TEXT';

/**
 * What the first bytes of a file (in an encoding that contains ASCII, without byte order mark) are:
 * a name for people, such as `XML`, `JSON`, `ZIP/XLSX`; `TEXT` when nothing speaks against a table.
 */
export function contentOf(head: Buffer): TextContent | (string & {}) {
  const binary = binaryFormat(head);
  if (binary) return binary;
  if (head.includes(0)) return 'BINARY';
  const text = head.toString('latin1').trimStart();
  if (text.startsWith('<')) return /^<(!doctype html|html)/i.test(text) ? 'HTML' : 'XML';
  if (text.startsWith('{') || text.startsWith('[')) return 'JSON';
  return 'TEXT';
}
