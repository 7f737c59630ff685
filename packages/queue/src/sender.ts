import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { connected, prefixOf, type QueueSpace } from './connection.ts';
import { jobIdOf, type Pointer } from './pointer.ts';

/** A message as it is shown to Redis: the pointer, and what a dashboard may show. */
export interface Outbound extends Pointer {
  readonly name: string;
  readonly sellerId: string;
}

/** How long a failed job stays in Redis for operations to see. */
export const keepFailed = { age: 7 * 24 * 3600, count: 5_000 };

/** Options of every job: Postgres counts attempts, so BullMQ must not; finished jobs leave, failed ones stay for operations to see. */
const jobOptions = {
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: keepFailed,
} as const;

/** Puts pointers into one queue. */
export class Sender {
  readonly #queue: Queue;
  readonly #connection: Redis;

  constructor(space: QueueSpace, queue: string, connection: Redis) {
    this.#connection = connection;
    this.#queue = new Queue(queue, {
      connection,
      prefix: prefixOf(space, queue),
      streams: { events: { maxLen: 1_000 } },
      skipVersionCheck: true,
    });
    this.#queue.on('error', () => undefined);
  }

  /**
   * Adds pointers; one that Redis still has is left as it is. A pipeline, not a transaction: repeat after an error.
   * Throws within seconds when Redis is away.
   */
  async send(messages: readonly Outbound[]): Promise<void> {
    await connected(this.#connection);
    for (let start = 0; start < messages.length; start += 500) {
      await this.#queue.addBulk(
        messages.slice(start, start + 500).map((message) => ({
          name: message.name,
          data: { s: message.sellerId },
          opts: { ...jobOptions, jobId: jobIdOf(message) },
        })),
      );
    }
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }
}
