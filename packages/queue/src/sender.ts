import { Queue } from 'bullmq';
import { type Bundle, bundleData, bundled, bundleIdOf, type Outbound } from './bundle.ts';
import { connected, prefixOf, type QueueConnection, type QueueSpace } from './connection.ts';

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
  readonly #connection: QueueConnection;

  constructor(space: QueueSpace, queue: string, connection: QueueConnection) {
    this.#connection = connection;
    this.#queue = new Queue(queue, {
      connection,
      prefix: prefixOf(space, queue),
      streams: { events: { maxLen: 1_000 } },
      skipVersionCheck: true,
    });
    this.#queue.on('error', () => undefined);
  }

  /** Adds each pointer as a job of its own; see `sendBundles`. */
  send(messages: readonly Outbound[]): Promise<void> {
    return this.sendBundles(bundled(messages, 1));
  }

  /**
   * Adds bundles of pointers, a job each; one that Redis still has is left as it is. A pipeline, not a transaction: repeat
   * after an error. Throws within seconds when Redis is away.
   */
  async sendBundles(bundles: readonly Bundle[]): Promise<void> {
    await connected(this.#connection);
    for (let start = 0; start < bundles.length; start += 500) {
      await this.#queue.addBulk(
        bundles.slice(start, start + 500).map((bundle) => ({
          name: bundle[0].name,
          data: bundleData(bundle),
          opts: { ...jobOptions, jobId: bundleIdOf(bundle) },
        })),
      );
    }
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }
}
