import type { BlockReader } from '../bytes/block-reader.ts';
import { contentOf } from '../bytes/content.ts';
import { decode, type Encoding, openText } from '../bytes/encoding.ts';
import type { XmlContext } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import type { FeedBatch, ReadPlan } from '../read-plan.ts';
import { EnvelopeParser } from './envelope-parser.ts';
import type { MessageFormat } from './message-format.ts';
import { bytesOfTags, declaredInXml, tagBlock } from './tag-blocks.ts';

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

  #block(): Promise<Buffer> {
    return tagBlock(this.#reader, this.#plan.blockBytes, this.#plan.limits.xmlTextBytes);
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
