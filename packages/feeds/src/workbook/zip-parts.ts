import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl';
import type { FeedLimits, ReadFeedOptions } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import { PartStream } from './part-stream.ts';
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
      throw file.faultOf(error);
    }
  }

  has(name: string): boolean {
    return this.#entries.has(key(name));
  }

  /**
   * One part, to be unpacked.
   * @throws FeedStop GE-15036 when it is encrypted, GE-15037 when it is missing, GE-15038 when it would unpack to more than
   * the limits
   */
  async part(name: string): Promise<PartStream> {
    const entry = this.#entries.get(key(name));
    if (!entry) throw new FeedStop('GE-15037');
    this.#admit(entry);
    const { compressedSize, compressionMethod, uncompressedSize: size, crc32: sum } = entry;
    try {
      const { fileDataStart: start } = await this.#zip.readLocalFileHeaderPromise(entry, { minimal: true });
      const place = { start, end: start + compressedSize, isDeflated: compressionMethod === DEFLATED, size, sum };
      return new PartStream(place, this.#file);
    } catch (error) {
      throw this.#file.faultOf(error);
    }
  }

  /** One part, unpacked. @throws FeedStop as `part` does, and GE-15037 when it is not what the directory says */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    const part = await this.part(name);
    try {
      yield* part;
    } finally {
      await part.return();
      part.discard();
    }
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
}
