import { crc32 } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl';
import type { FeedLimits, ReadFeedOptions } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import { inflated } from './inflate.ts';
import { StoredBytes } from './stored-bytes.ts';

const STORED = 0;
const DEFLATED = 8;
const MEGABYTE = 1024 * 1024;
/** What an entry may carry beside its size; those of a workbook carry next to nothing. */
const entryBytes = 4096;

/** Part names are compared without case and begin without a slash. */
const key = (name: string): string => name.replace(/^\//, '').toLowerCase();

/** The parts of a workbook by name. Nothing is unpacked but what is asked for, and no more than the limits allow. */
export class ZipParts {
  readonly #file: StoredBytes;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #limits: FeedLimits;

  private constructor(file: StoredBytes, zip: ZipFile, entries: ReadonlyMap<string, Entry>, limits: FeedLimits) {
    this.#file = file;
    this.#zip = zip;
    this.#entries = entries;
    this.#limits = limits;
  }

  /**
   * Reads the directory of a ZIP file of `size` bytes (with or without ZIP64).
   * @throws FeedStop GE-15037 when there is none, GE-15038 when it has too many entries
   */
  static async open(open: NonNullable<ReadFeedOptions['open']>, size: number, limits: FeedLimits): Promise<ZipParts> {
    const file = new StoredBytes(open, size);
    const entries = new Map<string, Entry>();
    try {
      const zip = await fromRandomAccessReaderPromise(file, size, { autoClose: false });
      if (zip.entryCount > limits.parts) throw new FeedStop('GE-15038', { limit: `${limits.parts} parts` });
      for await (const entry of zip.eachEntry()) {
        const carried = entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
        if (carried <= entryBytes) entries.set(key(entry.fileName), entry);
      }
      return new ZipParts(file, zip, entries, limits);
    } catch (error) {
      throw faultOf(error, file);
    }
  }

  has(name: string): boolean {
    return this.#entries.has(key(name));
  }

  /**
   * One part, unpacked, from a byte of it on (what comes before is unpacked and passed over).
   * @throws FeedStop GE-15036 when it is encrypted, GE-15037 when it is missing or is not what the directory says,
   * GE-15038 when it would unpack to more than the limits
   */
  async *read(name: string, fromByte = 0): AsyncGenerator<Uint8Array> {
    const entry = this.#entries.get(key(name));
    if (!entry) throw new FeedStop('GE-15037');
    this.#admit(entry);
    let size = 0;
    let sum = 0;
    try {
      for await (const bytes of this.#unpacked(entry)) {
        sum = crc32(bytes, sum);
        const passed = Math.max(0, fromByte - size);
        size += bytes.length;
        // A size that was understated: the rest is not looked at.
        if (size > entry.uncompressedSize) break;
        if (passed < bytes.length) yield bytes.subarray(passed);
      }
    } catch (error) {
      throw faultOf(error, this.#file);
    }
    if (size !== entry.uncompressedSize || sum !== entry.crc32) throw new FeedStop('GE-15037');
  }

  #admit({ compressedSize, uncompressedSize, compressionMethod, ...entry }: Entry): void {
    const { unpackedBytes, unpackedRatio } = this.#limits;
    if ((entry.generalPurposeBitFlag & 1) === 1) throw new FeedStop('GE-15036');
    if (compressionMethod !== STORED && compressionMethod !== DEFLATED) throw new FeedStop('GE-15037');
    if (uncompressedSize > unpackedBytes) throw new FeedStop('GE-15038', { limit: `${unpackedBytes} bytes` });
    if (uncompressedSize > Math.max(MEGABYTE, compressedSize * unpackedRatio)) {
      throw new FeedStop('GE-15038', { limit: `${unpackedRatio} times its size` });
    }
  }

  async *#unpacked(entry: Entry): AsyncGenerator<Uint8Array> {
    const { fileDataStart } = await this.#zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = this.#file.range(fileDataStart, fileDataStart + entry.compressedSize);
    yield* entry.compressionMethod === STORED ? packed : inflated(packed);
  }
}

/** What was thrown while unpacking is the file's fault unless the source threw first. */
function faultOf(error: unknown, file: StoredBytes): unknown {
  if (file.failure) return file.failure.error;
  return error instanceof FeedStop ? error : new FeedStop('GE-15037');
}
