import type { CallOptions } from '../port/carrier.ts';
import type { WireDocumentLink } from '../port/dialect.ts';
import { wholeDocument } from '../port/document.ts';
import type { CarrierDocument, UnknownReason } from '../port/outcome.ts';
import { documentAddress } from './documentAddress.ts';
import { type CarrierConnection, CarrierHttp, type Exchange } from './exchange.ts';

/** Fetches documents that a carrier named an address for: without its credential, and only from where documents may lie. */
export class DocumentHttp {
  readonly #connection: CarrierConnection;
  readonly #hosts: readonly string[];
  readonly #origins = new Map<string, CarrierHttp>();

  constructor(connection: CarrierConnection, hosts: readonly string[]) {
    this.#connection = connection;
    this.#hosts = hosts;
  }

  /** The whole document, or why it could not be had: then nobody can say that what it belongs to is complete. */
  async fetch({ url, format }: WireDocumentLink, options: CallOptions): Promise<CarrierDocument | UnknownReason> {
    const address = this.#addressOf(url);
    if (!address) return 'DOCUMENT_NOT_FETCHED';
    const answer = await this.#at(address.origin).download(address.pathname + address.search, options);
    if (answer.kind !== 'answered' || answer.status !== 200) return 'DOCUMENT_NOT_FETCHED';
    return wholeDocument({ format, bytes: answer.body }) ?? 'LABEL_DAMAGED';
  }

  /** A text under the same conditions; undefined where none may lie there. */
  async text(url: string, options: CallOptions): Promise<Exchange | undefined> {
    const address = this.#addressOf(url);
    if (!address) return undefined;
    const call = { method: 'GET', path: address.pathname + address.search, headers: { accept: '*/*' } } as const;
    return this.#at(address.origin).exchange(call, options);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#origins.values()].map((http) => http.close()));
  }

  #addressOf(url: string): URL | undefined {
    return documentAddress(url, this.#connection.baseUrl, this.#hosts);
  }

  #at(origin: string): CarrierHttp {
    const known = this.#origins.get(origin);
    if (known) return known;
    const { connections, maxAnswerBytes } = this.#connection;
    const http = new CarrierHttp({ baseUrl: origin, apiKey: '', connections, maxAnswerBytes });
    this.#origins.set(origin, http);
    return http;
  }
}
