import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { FeedLimits } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import { problem } from '../problem/problem.ts';
import { shown } from '../problem/shown.ts';
import type { FeedRecord } from '../record/record.ts';
import { rejected } from '../record/sku-record.ts';
import { type ElementNode, elementTree } from './element-tree.ts';
import { MessageCollector } from './message-collector.ts';
import type { MessageFormat } from './message-format.ts';

const MESSAGE_ID = /^(?=.*[1-9])\d{1,20}$/;

const holdsText = ({ role }: ElementNode): boolean =>
  role !== 'path' && role !== 'message' && role !== 'body' && role !== 'group';

/** Turns the text of an AmazonEnvelope into records, piece by piece. Throws FeedStop where it cannot go on. */
export class EnvelopeParser {
  /** Records of whole messages not taken yet. */
  records: FeedRecord[] = [];
  /** Number of the last whole message. */
  recordNo: number;
  /** Name of the root element as written. */
  root = '';
  /** Where, in the text written last, the last whole message ends; 0 = none ended there. */
  messageEnd = 0;

  readonly #parser = new SaxesParser({ position: false });
  readonly #format: MessageFormat;
  readonly #limits: FeedLimits;
  readonly #afterRecordNo: number;
  /** Meaning of each open element; null = passed over. */
  readonly #open: (ElementNode | null)[];
  #message: MessageCollector | null = null;
  #text = '';
  #attributes = 0;
  /** Characters written without anything coming of them: a text, comment or tag that does not end. */
  #silent = 0;
  #written = 0;
  #doctypeBegun = false;

  constructor(format: MessageFormat, limits: FeedLimits, afterRecordNo: number, recordNo: number) {
    this.#format = format;
    this.#limits = limits;
    this.#afterRecordNo = afterRecordNo;
    this.recordNo = recordNo;
    this.#open = [elementTree(format)];
    this.#listen();
  }

  write(text: string): void {
    this.#silent += text.length;
    this.messageEnd = 0;
    try {
      this.#parser.write(text);
      const limit = this.#limits.xmlTextBytes;
      if (this.#silent > limit) throw new FeedStop('GE-15013', { limit });
    } catch (error) {
      // Trouble above the root element is the DOCTYPE's, where there is one.
      throw this.#doctypeAbove(text) ? new FeedStop('GE-15006') : error;
    }
    this.#doctypeBegun = this.#doctypeAbove(text);
    this.#written += text.length;
  }

  #doctypeAbove(text: string): boolean {
    return this.root === '' && (this.#doctypeBegun || /<!DOCTYPE/i.test(text));
  }

  /** Goes on inside an envelope whose start was read before. */
  reenter(root: string): void {
    this.write(`<${root}>`);
  }

  /** @throws FeedStop GE-15011 when elements are still open */
  end(): void {
    this.#parser.on('error', () => {
      throw new FeedStop('GE-15011');
    });
    this.#parser.close();
  }

  // Seven listeners: with an eighth the parser's object outgrows what V8 keeps fast, and reading takes six times as long.
  #listen(): void {
    const parser = this.#parser;
    parser.on('error', () => {
      throw new FeedStop('GE-15010');
    });
    parser.on('doctype', () => {
      throw new FeedStop('GE-15006');
    });
    parser.on('attribute', () => {
      this.#attributes++;
      if (this.#attributes > this.#limits.xmlAttributes) {
        throw new FeedStop('GE-15013', { limit: this.#limits.xmlAttributes });
      }
    });
    parser.on('opentag', (tag) => this.#opened(tag));
    parser.on('closetag', () => this.#closed());
    const text = (piece: string) => {
      this.#silent = 0;
      const node = this.#open.at(-1);
      const room = this.#limits.cellLength - this.#text.length;
      // One character more than allowed is enough to tell.
      if (node && holdsText(node) && room >= 0) this.#text += piece.length > room ? piece.slice(0, room + 1) : piece;
    };
    parser.on('text', text);
    parser.on('cdata', text);
  }

  #opened({ name: written }: Pick<SaxesTagPlain, 'name'>): void {
    this.#silent = 0;
    this.#attributes = 0;
    if (this.#open.length > this.#limits.xmlDepth) throw new FeedStop('GE-15012', { limit: this.#limits.xmlDepth });
    const name = written.slice(written.lastIndexOf(':') + 1);
    const parent = this.#open.at(-1);
    const node = parent?.children.get(name) ?? null;
    if (this.#open.length === 1) {
      if (!node) throw new FeedStop('GE-15001', { found: `XML <${shown(name)}>`, declared: this.#format.format });
      this.root = written;
    }
    this.#open.push(node);
    if (!node) return;
    if (holdsText(node)) this.#text = '';
    if (node.role === 'message') this.#message = new MessageCollector(this.#limits.xmlItems);
    else if (node.role === 'body' || node.role === 'group') this.#message!.opened(node);
  }

  #closed(): void {
    this.#silent = 0;
    const node = this.#open.pop();
    if (!node) return;
    if (node.role === 'message') this.#messageClosed();
    else if (node.role === 'messageType') this.#checkType(this.#text.trim());
    else if (node.role === 'purge') this.#checkPurge(this.#text.trim());
    else if (holdsText(node)) this.#message!.closed(node, this.#text.trim());
  }

  #checkType(type: string): void {
    const { messageType, format } = this.#format;
    if (type !== messageType) throw new FeedStop('GE-15001', { found: `XML ${shown(type)}`, declared: format });
  }

  #checkPurge(value: string): void {
    if (value !== '' && value !== 'false' && value !== '0') throw new FeedStop('GE-15007');
  }

  #messageClosed(): void {
    const message = this.#message!;
    this.#message = null;
    if (this.recordNo >= this.#limits.rows) throw new FeedStop('41002', { limit: this.#limits.rows });
    this.recordNo++;
    this.messageEnd = this.#parser.position - this.#written;
    if (this.recordNo > this.#afterRecordNo) this.records.push(this.#record(message));
  }

  #record(message: MessageCollector): FeedRecord {
    if (!message.hasBody) message.problems.push(problem('GE-15025', { column: this.#format.messageType }));
    const messageId = MESSAGE_ID.test(message.messageId) ? message.messageId : null;
    if (messageId === null) message.problems.push(problem('GE-15026'));
    if (!message.hasBody) return rejected(this.recordNo, messageId, message.problems);
    return this.#format.record(this.recordNo, messageId, message);
  }
}
