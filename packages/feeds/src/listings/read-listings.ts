import type { BlockReader } from '../bytes/block-reader.ts';
import { contentOf } from '../bytes/content.ts';
import { openText } from '../bytes/encoding.ts';
import { FeedStop } from '../problem/fatal.ts';
import type { FeedBatch, ReadPlan } from '../read-plan.ts';
import { ListingsParser } from './listings-parser.ts';

/** Reads one JSON listings feed block by block; the messages that end in a block are a batch. */
export class ListingsReader {
  readonly #plan: ReadPlan;
  readonly #parser: ListingsParser;
  #reader: BlockReader;
  #exactOffsets = true;

  constructor(reader: BlockReader, plan: ReadPlan) {
    this.#reader = reader;
    this.#plan = plan;
    this.#parser = new ListingsParser(plan.limits, plan.afterRecordNo, plan.resume?.recordNo ?? 0);
  }

  /** Number of the last whole message. */
  get recordNo(): number {
    return this.#parser.recordNo;
  }

  get sawRecord(): boolean {
    return this.recordNo > 0;
  }

  async *batches(): AsyncGenerator<FeedBatch> {
    if (this.#plan.resume) this.#parser.reenter();
    else await this.#openFile();
    const { blockBytes, limits } = this.#plan;
    for (let block = await this.#reader.window(blockBytes); block.length > 0; ) {
      let stopped: unknown;
      try {
        this.#parser.write(block);
      } catch (error) {
        stopped = error;
      }
      if (this.#parser.records.length > 0) yield this.#batch();
      if (stopped) throw stopped;
      this.#reader.consume(block.length);
      block = await this.#reader.window(blockBytes);
    }
    if (this.#reader.overLimit) throw new FeedStop('41001', { limit: limits.fileBytes });
    this.#parser.end();
  }

  /** JSON is UTF-8; with a mark it may be UTF-16. */
  async #openFile(): Promise<void> {
    const { charset, limits } = this.#plan;
    const opened = await openText(this.#reader, charset, limits.fileBytes);
    this.#reader = opened.reader;
    this.#exactOffsets = opened.exactOffsets;
    const head = await this.#reader.window(1024);
    if (head.length === 0) throw new FeedStop('GE-15002');
    const found = contentOf(head);
    if (found !== 'JSON') throw new FeedStop('GE-15001', { found, declared: 'listings-json' });
    if (opened.encoding !== null && opened.encoding !== 'utf-8')
      throw new FeedStop('GE-15005', { encoding: opened.encoding });
  }

  /** Blocks are written before they are consumed, so that a block's messages end behind the reader's place. */
  #batch(): FeedBatch {
    const { records, recordNo, messageEnd } = this.#parser;
    this.#parser.records = [];
    const byteOffset = this.#reader.offset + messageEnd;
    const checkpoint = this.#exactOffsets
      ? { byteOffset, recordNo, context: { isListings: true } as const }
      : { byteOffset: 0, recordNo, context: null };
    return { records, checkpoint };
  }
}
