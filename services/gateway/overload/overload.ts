import type { Route } from '@ge/api';
import { queueNames } from '@ge/contracts';
import { type Database, type ReadyCount, readReadyCounts } from '@ge/database';
import type { ServiceContext } from '@ge/runtime';
import type { GatewayConfig } from '../config.ts';
import { HttpRefusal } from '../http/refused.ts';

const leastMs = 1_000;
const mostMs = 5_000;

/** Seconds after which a refused command may be sent again. */
const retryAfter = '5';

/**
 * Knows which queues and sellers owe so much that commands which add to it are refused at the door, before a transaction
 * opens. The counts are read by a timer: once a second, more rarely where reading is slow, but every five seconds.
 */
export class Overload {
  readonly #database: Database;
  readonly #bounds: Pick<GatewayConfig, 'BACKLOG_PER_QUEUE' | 'BACKLOG_PER_SELLER'>;
  readonly #logger: ServiceContext['logger'];
  #counts: ReadonlyMap<string, ReadyCount> = new Map();
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(context: Pick<ServiceContext<GatewayConfig>, 'database' | 'config' | 'logger'>) {
    this.#database = context.database;
    this.#bounds = context.config;
    this.#logger = context.logger;
  }

  /** Throws `http.overloaded` where the route adds to a queue that is full, or full of this very seller's work. */
  check(route: Route, sellerId: string | null): void {
    if (route.evenOverloaded) return;
    for (const queue of route.appendsTo ?? []) {
      const count = this.#counts.get(queue);
      if (!count) continue;
      const isFull = count.ready >= this.#bounds.BACKLOG_PER_QUEUE;
      const floods = sellerId !== null && count.flooding.includes(sellerId);
      if (isFull || floods) throw new HttpRefusal('http.overloaded', { 'Retry-After': retryAfter });
    }
  }

  /** Reads the counts now and then for as long as it is not closed. */
  async watch(): Promise<void> {
    const startedAt = performance.now();
    try {
      const { BACKLOG_PER_QUEUE: countedAtMost, BACKLOG_PER_SELLER: perSeller } = this.#bounds;
      const counts = await readReadyCounts(this.#database, queueNames, { countedAtMost, perSeller });
      this.#counts = new Map(counts.map((count) => [count.queue, count]));
    } catch (error) {
      // What was counted last still says more than nothing; a database that is away refuses by itself.
      this.#logger.warn({ err: error }, 'the backlog could not be read');
    }
    if (this.#closed) return;
    const pause = Math.min(mostMs, Math.max(leastMs, 9 * (performance.now() - startedAt)));
    this.#timer = setTimeout(() => void this.watch(), pause);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }
}
