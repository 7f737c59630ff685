import { crc32, deflateRawSync } from 'node:zlib';

/** One entry as it is packed already. */
export interface Packed {
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly sum: number;
  readonly stored?: boolean;
  readonly flags?: number;
}

export const deflated = (content: string | Uint8Array): Packed => {
  const bytes = Buffer.from(content);
  return { bytes: deflateRawSync(bytes), size: bytes.length, sum: crc32(bytes) };
};

export const stored = (content: string): Packed => {
  const bytes = Buffer.from(content);
  return { bytes, size: bytes.length, sum: crc32(bytes), stored: true };
};

/** `piece` again and again without end of memory: packed once, in blocks that need nothing before them. */
export function repeated(head: string, piece: string, times: number, foot: string): Packed {
  const block = (content: string) => deflateRawSync(content, { finishFlush: 3 });
  const again = block(piece);
  const bytes = Buffer.concat([block(head), ...Array.from({ length: times }, () => again), deflateRawSync(foot)]);
  return { bytes, size: Buffer.byteLength(head + foot) + Buffer.byteLength(piece) * times, sum: 0 };
}

/** A ZIP file; with `trailing`, sizes stand behind the data of each entry instead of before it. */
export function zipFile(entries: Readonly<Record<string, Packed>>, trailing = false): Buffer {
  const local: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let at = 0;
  for (const [entryName, entry] of Object.entries(entries)) {
    const name = Buffer.from(entryName);
    const flags = (entry.flags ?? 0) | 0x800 | (trailing ? 8 : 0);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(entry.sum, 0);
    sizes.writeUInt32LE(entry.bytes.length, 4);
    sizes.writeUInt32LE(entry.size, 8);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(flags, 6);
    header.writeUInt16LE(entry.stored ? 0 : 8, 8);
    if (!trailing) sizes.copy(header, 14);
    header.writeUInt16LE(name.length, 26);
    const behind = trailing ? [Buffer.from('PK\x07\x08', 'latin1'), sizes] : [];
    const listed = Buffer.alloc(46);
    listed.writeUInt32LE(0x02014b50, 0);
    listed.writeUInt16LE(20, 4);
    header.copy(listed, 6, 4, 14);
    sizes.copy(listed, 16);
    listed.writeUInt16LE(name.length, 28);
    listed.writeUInt32LE(at, 42);
    central.push(listed, name);
    const parts = [header, name, entry.bytes, ...behind];
    local.push(...parts);
    at += parts.reduce((sum, part) => sum + part.length, 0);
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(central.length / 2, 8);
  end.writeUInt16LE(central.length / 2, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}
