import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceContext } from '@ge/runtime';

interface Follower<Row> {
  seen: string;
  latest: Row | null;
  wake: () => void;
}

/**
 * Tells any number of followers what has become of rows, with one reading for all of them: no connection and no
 * transaction is held while they wait. Who is slow misses what lies between, never the last state.
 */
export class Watch<Row extends { readonly id: string }> {
  readonly #followers = new Map<string, Set<Follower<Row>>>();
  readonly #read: (ids: readonly string[]) => Promise<readonly Row[]>;
  readonly #everyMs: number;
  readonly #logger: ServiceContext['logger'];
  #reading = false;

  constructor(
    read: (ids: readonly string[]) => Promise<readonly Row[]>,
    everyMs: number,
    logger: ServiceContext['logger'],
  ) {
    this.#read = read;
    this.#everyMs = everyMs;
    this.#logger = logger;
  }

  /** How many rows are being followed. */
  get size(): number {
    return this.#followers.size;
  }

  /** Every state after `first` that differs from the one before, until the signal. */
  async *changes(first: Row, signal: AbortSignal): AsyncGenerator<Row> {
    const follower: Follower<Row> = { seen: JSON.stringify(first), latest: null, wake: () => undefined };
    const all = this.#followers.get(first.id) ?? new Set();
    this.#followers.set(first.id, all.add(follower));
    const stop = () => follower.wake();
    signal.addEventListener('abort', stop);
    void this.#keepReading();
    try {
      while (!signal.aborted) {
        if (!follower.latest) await new Promise<void>((resolve) => (follower.wake = resolve));
        const { latest } = follower;
        follower.latest = null;
        if (latest && !signal.aborted) yield latest;
      }
    } finally {
      signal.removeEventListener('abort', stop);
      all.delete(follower);
      if (all.size === 0) this.#followers.delete(first.id);
    }
  }

  async #keepReading(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    while (this.#followers.size > 0) {
      await pause(this.#everyMs);
      try {
        for (const row of await this.#read([...this.#followers.keys()])) this.#tell(row);
      } catch (error) {
        this.#logger.warn({ err: error }, 'what is followed could not be read');
      }
    }
    this.#reading = false;
  }

  #tell(row: Row): void {
    const text = JSON.stringify(row);
    for (const follower of this.#followers.get(row.id) ?? []) {
      if (follower.seen === text) continue;
      follower.seen = text;
      follower.latest = row;
      follower.wake();
    }
  }
}
