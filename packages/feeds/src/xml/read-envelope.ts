import type { BlockReader } from '../bytes/block-reader.ts';
import { contentOf } from '../bytes/content.ts';
import { decode, type Encoding, openText } from '../bytes/encoding.ts';
import type { XmlContext } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import type { FeedBatch, ReadPlan } from '../read-plan.ts';
import { EnvelopeParser } from './envelope-parser.ts';
import type { MessageFormat } from './message-format.ts';

const GREATER = 0x3e;

/** Length in bytes of what `text`, up to its character `length` right after a `>`, was decoded from. */
function bytesOfTags(bytes: Buffer, text: string, length: number): number {
  let at = 0;
  for (let i = text.indexOf('>'); i !== -1 && i < length; i = text.indexOf('>', i + 1))
    at = bytes.indexOf(GREATER, at) + 1;
  return at;
}

const declaredInXml = (head: Buffer): string | null =>
  /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']{1,60})["']/.exec(head.toString('latin1'))?.[1] ?? null;

/** Reads one AmazonEnvelope block by block; the messages that end in a block are a batch. */
export class EnvelopeReader {
  readonly #plan: ReadPlan;
  readonly #format: MessageFormat;
  readonly #parser: EnvelopeParser;
  #reader: BlockReader;
  #encoding: Encoding = 'utf-8';
  #exactOffsets = true;

  constructor(reader: BlockReader, format: MessageFormat, plan: ReadPlan) {
    this.#reader = reader;
    this.#format = format;
    this.#plan = plan;
    this.#parser = new EnvelopeParser(format, plan.limits, plan.afterRecordNo, plan.resume?.recordNo ?? 0);
  }

  /** Number of the last whole message. */
  get recordNo(): number {
    return this.#parser.recordNo;
  }

  get sawRecord(): boolean {
    return this.recordNo > 0;
  }

  async *batches(): AsyncGenerator<FeedBatch> {
    const context = this.#plan.resume?.context;
    if (context && 'root' in context) {
      this.#encoding = context.encoding as Encoding;
      this.#parser.reenter(context.root);
    } else {
      await this.#openFile();
    }
    for (let block = await this.#block(); block.length > 0; block = await this.#block()) {
      const text = decode(block, this.#encoding);
      let stopped: unknown;
      try {
        this.#parser.write(text);
      } catch (error) {
        stopped = error;
      }
      if (this.#parser.records.length > 0) yield this.#batch(block, text);
      if (stopped) throw stopped;
      this.#reader.consume(block.length);
    }
    const { fileBytes } = this.#plan.limits;
    if (this.#reader.overLimit) throw new FeedStop('41001', { limit: fileBytes });
    this.#parser.end();
  }

  async #openFile(): Promise<void> {
    const { charset, limits } = this.#plan;
    const opened = await openText(this.#reader, charset, limits.fileBytes, declaredInXml);
    this.#reader = opened.reader;
    this.#encoding = opened.encoding ?? 'utf-8';
    this.#exactOffsets = opened.exactOffsets;
    const head = await this.#reader.window(1024);
    if (head.length === 0) throw new FeedStop('GE-15002');
    const found = contentOf(head);
    if (found !== 'XML') throw new FeedStop('GE-15001', { found, declared: this.#format.format });
  }

  /** Bytes up to the end of a tag, so that no character is cut; everything at the end of the file. */
  async #block(): Promise<Buffer> {
    for (let wanted = this.#plan.blockBytes; ; wanted *= 2) {
      const window = await this.#reader.window(wanted);
      if (this.#reader.ended) return window;
      const end = window.lastIndexOf(GREATER) + 1;
      if (end > 0) return window.subarray(0, end);
      const limit = this.#plan.limits.xmlTextBytes;
      if (window.length > limit) throw new FeedStop('GE-15013', { limit });
    }
  }

  #batch(block: Buffer, text: string): FeedBatch {
    const { recordNo, records, messageEnd, root } = this.#parser;
    this.#parser.records = [];
    const context: XmlContext = { encoding: this.#encoding, root };
    const byteOffset = this.#reader.offset + bytesOfTags(block, text, messageEnd);
    const checkpoint = this.#exactOffsets
      ? { byteOffset, recordNo, context }
      : { byteOffset: 0, recordNo, context: null };
    return { records, checkpoint };
  }
}
