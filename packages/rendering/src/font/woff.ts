import { inflateSync } from 'node:zlib';

const WOFF_SIGNATURE = 0x774f4646;
const HEADER_BYTES = 44;
const ENTRY_BYTES = 20;
const SFNT_HEADER_BYTES = 12;
const SFNT_ENTRY_BYTES = 16;

/** Unpacks a WOFF 1 font to the TrueType file it was made of, table by table. Throws on anything that is no WOFF 1. */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.length < HEADER_BYTES || woff.readUInt32BE(0) !== WOFF_SIGNATURE) throw new Error('not a WOFF 1 font');
  const count = woff.readUInt16BE(12);
  let size = SFNT_HEADER_BYTES + SFNT_ENTRY_BYTES * count;
  const tables = Array.from({ length: count }, (_, i) => {
    const entry = HEADER_BYTES + ENTRY_BYTES * i;
    const offset = woff.readUInt32BE(entry + 4);
    const packed = woff.subarray(offset, offset + woff.readUInt32BE(entry + 8));
    const length = woff.readUInt32BE(entry + 12);
    const data = packed.length < length ? inflateSync(packed, { maxOutputLength: length }) : packed;
    const table = { tag: woff.subarray(entry, entry + 4), checksum: woff.readUInt32BE(entry + 16), data, at: size };
    size += (data.length + 3) & ~3;
    return table;
  });
  const font = Buffer.alloc(size);
  font.writeUInt32BE(woff.readUInt32BE(4), 0);
  font.writeUInt16BE(count, 4);
  const power = 2 ** Math.floor(Math.log2(count));
  font.writeUInt16BE(power * SFNT_ENTRY_BYTES, 6);
  font.writeUInt16BE(Math.log2(power), 8);
  font.writeUInt16BE((count - power) * SFNT_ENTRY_BYTES, 10);
  tables.forEach((table, i) => {
    const entry = SFNT_HEADER_BYTES + SFNT_ENTRY_BYTES * i;
    table.tag.copy(font, entry);
    font.writeUInt32BE(table.checksum, entry + 4);
    font.writeUInt32BE(table.at, entry + 8);
    font.writeUInt32BE(table.data.length, entry + 12);
    table.data.copy(font, table.at);
  });
  return font;
}
