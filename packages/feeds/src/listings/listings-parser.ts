import { type ParsedElementInfo, type ParsedTokenInfo, Tokenizer, TokenParser, TokenType } from '@streamparser/json';
import type { FeedLimits } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import { shown } from '../problem/shown.ts';
import type { FeedRecord } from '../record/record.ts';
import { type ListingsField, ListingsMessage, type PatchField } from './listings-message.ts';
import { listingsRecord, templateAttribute } from './listings-record.ts';

const closingBrace = 0x7d;
const version = '2.0';

/** Everything else is passed over without being kept. */
const paths = [
  '$.header.version',
  '$.messages.*.messageId',
  '$.messages.*.sku',
  '$.messages.*.operationType',
  `$.messages.*.attributes.${templateAttribute}`,
  '$.messages.*.patches.*.op',
  '$.messages.*.patches.*.path',
  '$.messages.*.patches.*.value',
];

/** Turns the bytes of a listings feed into records, piece by piece. Throws FeedStop where it cannot go on. */
export class ListingsParser {
  /** Records of whole messages not taken yet. */
  records: FeedRecord[] = [];
  /** Number of the last whole message. */
  recordNo: number;
  /** Where, in the bytes written last, the last whole message ends; 0 = none ended there. */
  messageEnd = 0;

  /** Broken characters become U+FFFD, which no value may hold: they cost their message and not the file. */
  readonly #decoder = new TextDecoder();
  readonly #tokens = new Tokenizer();
  readonly #grammar = new TokenParser({ paths, keepStack: false });
  readonly #limits: FeedLimits;
  readonly #afterRecordNo: number;
  #depth = 0;
  /** The member of the outermost object that is being read, once its name is known to be one. */
  #member = '';
  #text = '';
  #message: ListingsMessage | null = null;
  #isReentering = false;
  /** Bytes since the last token, and those of the message under way: neither may grow with the file. */
  #silent = 0;
  #ofMessage = 0;

  constructor(limits: FeedLimits, afterRecordNo: number, recordNo: number) {
    this.#limits = limits;
    this.#afterRecordNo = afterRecordNo;
    this.recordNo = recordNo;
    this.#tokens.onToken = (token) => this.#token(token);
    this.#grammar.onValue = (found) => this.#found(found);
    this.#grammar.onEnd = () => undefined;
  }

  /** Brace by brace: where a message ends is then told by the bytes, and not by what became of them as text. */
  write(bytes: Buffer): void {
    this.messageEnd = 0;
    for (let from = 0; from < bytes.length; ) {
      const brace = bytes.indexOf(closingBrace, from);
      const end = brace === -1 ? bytes.length : brace + 1;
      const recordNo = this.recordNo;
      this.#piece(bytes.subarray(from, end));
      if (this.recordNo > recordNo) this.messageEnd = end;
      from = end;
    }
  }

  /** Goes on behind a message that was read before: another element stands in its place. */
  reenter(): void {
    this.#isReentering = true;
    this.write(Buffer.from('{"messages":[null'));
    this.#isReentering = false;
  }

  /** @throws FeedStop GE-15017 when something is still open */
  end(): void {
    if (!this.#grammar.isEnded) throw new FeedStop('GE-15017');
  }

  #piece(bytes: Buffer): void {
    this.#silent += bytes.length;
    this.#ofMessage += bytes.length;
    try {
      this.#tokens.write(this.#decoder.decode(bytes, { stream: true }));
    } catch (error) {
      throw error instanceof FeedStop ? error : new FeedStop('GE-15016');
    }
    const limit = this.#limits.rowBytes;
    if (this.#silent > limit || (this.#message && this.#ofMessage > limit)) throw new FeedStop('GE-15019', { limit });
  }

  #token(token: ParsedTokenInfo): void {
    this.#silent = 0;
    const { token: type, value } = token;
    if (this.#depth === 1 && type === TokenType.STRING) this.#text = value as string;
    else if (this.#depth === 1 && type === TokenType.COLON) this.#member = this.#text;
    else if (this.#isAmongMessages) this.#between(type);
    if (type === TokenType.LEFT_BRACE || type === TokenType.LEFT_BRACKET) this.#opens(type);
    this.#grammar.write(token);
    if (type === TokenType.RIGHT_BRACE || type === TokenType.RIGHT_BRACKET) this.#closed();
  }

  get #isAmongMessages(): boolean {
    return this.#depth === 2 && this.#member === 'messages';
  }

  /** Messages are objects. */
  #between(type: TokenType): void {
    if (type === TokenType.LEFT_BRACE) {
      this.#message = new ListingsMessage();
      this.#ofMessage = 0;
    } else if (type !== TokenType.COMMA && type !== TokenType.RIGHT_BRACKET && !this.#isReentering) {
      throw new FeedStop('GE-15016');
    }
  }

  #opens(type: TokenType): void {
    if (this.#depth === 0 && type === TokenType.LEFT_BRACKET)
      throw new FeedStop('GE-15001', { found: 'JSON […]', declared: 'listings-json' });
    if (this.#depth === 1 && this.#member === 'messages' && type === TokenType.LEFT_BRACE)
      throw new FeedStop('GE-15016');
    if (this.#depth >= this.#limits.jsonDepth) throw new FeedStop('GE-15018', { limit: this.#limits.jsonDepth });
    this.#depth += 1;
  }

  #closed(): void {
    this.#depth -= 1;
    const message = this.#message;
    if (!message || !this.#isAmongMessages) return;
    this.#message = null;
    if (this.recordNo >= this.#limits.rows) throw new FeedStop('41002', { limit: this.#limits.rows });
    this.recordNo += 1;
    if (this.recordNo > this.#afterRecordNo) this.records.push(listingsRecord(this.recordNo, message));
  }

  #found({ key, value, stack }: ParsedElementInfo): void {
    // Of a patch: the outermost object, messages, one of them, patches, one of them.
    if (stack.length === 5) this.#message!.givePatch(stack[4]!.key as number, key as PatchField, value);
    else if (key === templateAttribute) this.#message!.give('group', value, templateAttribute);
    else if (stack.length === 3) this.#message!.give(key as Exclude<ListingsField, 'group'>, value, String(key));
    else this.#checkVersion(value);
  }

  #checkVersion(found: unknown): void {
    if (found === version) return;
    const written = shown(JSON.stringify(found) ?? '');
    throw new FeedStop('GE-15001', { found: `JSON version ${written}`, declared: `listings-json ${version}` });
  }
}
