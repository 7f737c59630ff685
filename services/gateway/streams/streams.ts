import { type FeedEntityRow, findFeeds, findOperations, type OperationRow } from '@ge/database';
import type { ServiceContext } from '@ge/runtime';
import type { GatewayConfig } from '../config.ts';
import { HttpRefusal } from '../http/refused.ts';
import { Watch } from './watch.ts';

/** Seconds after which a key with too many streams may try again. */
const retryAfter = '5';

/** What can be followed, and how many follow. */
export class Streams {
  readonly operations: Watch<OperationRow>;
  readonly feeds: Watch<FeedEntityRow>;
  readonly #open = new Map<string, number>();
  readonly #mostPerKey: number;
  readonly #seconds: number;
  readonly #closing = new AbortController();
  readonly heartbeatMs: number;

  constructor({ database, config, logger }: Pick<ServiceContext<GatewayConfig>, 'database' | 'config' | 'logger'>) {
    const { EVENT_POLL_MS: everyMs } = config;
    this.operations = new Watch((ids) => findOperations(database, ids), everyMs, logger);
    this.feeds = new Watch((ids) => findFeeds(database, ids), everyMs, logger);
    this.#mostPerKey = config.EVENT_STREAMS_PER_KEY;
    this.#seconds = config.EVENT_STREAM_SECONDS;
    this.heartbeatMs = config.EVENT_HEARTBEAT_MS;
  }

  /** Runs one stream of a key, with the signal that ends it. Throws `http.rate_limited` where it has too many. */
  async run(keyId: string, gone: AbortSignal, stream: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const open = this.#open.get(keyId) ?? 0;
    if (open >= this.#mostPerKey) throw new HttpRefusal('http.rate_limited', { 'Retry-After': retryAfter });
    this.#open.set(keyId, open + 1);
    try {
      const inTime = AbortSignal.timeout(this.#seconds * 1_000);
      await stream(AbortSignal.any([this.#closing.signal, gone, inTime]));
    } finally {
      const left = this.#open.get(keyId)! - 1;
      if (left === 0) this.#open.delete(keyId);
      else this.#open.set(keyId, left);
    }
  }

  /** Ends every stream; clients connect anew elsewhere. */
  close(): void {
    this.#closing.abort();
  }
}
