import { Queue } from 'bullmq';
import { type Bundle, bundleData, bundled, bundleIdOf, type Outbound } from './bundle.ts';
import { connected, prefixOf, type QueueConnection, type QueueSpace } from './connection.ts';
import { partFor, partsOf, type QueueParts } from './parts.ts';

/** How long a failed job stays in Redis for operations to see. */
export const keepFailed = { age: 7 * 24 * 3600, count: 5_000 };

/** Options of every job: Postgres counts attempts, so BullMQ must not; finished jobs leave, failed ones stay for operations to see. */
const jobOptions = {
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: keepFailed,
} as const;

/** Puts pointers into one queue, however many names it is spread over: as the space says, until told otherwise. */
export class Sender {
  readonly #space: QueueSpace;
  readonly #queue: string;
  readonly #connection: QueueConnection;
  /** By name, each for as long as the sender: what was given out once may be given out again. */
  readonly #opened = new Map<string, Queue>();
  #queues: readonly Queue[];

  constructor(space: QueueSpace, queue: string, connection: QueueConnection) {
    this.#space = space;
    this.#queue = queue;
    this.#connection = connection;
    this.#queues = this.#named(space.parts);
  }

  /** From now on sends to this many of the queue's names, whatever was said before. */
  spreadOver(names: number): void {
    if (names !== this.#queues.length) this.#queues = this.#named({ [this.#queue]: names });
  }

  /** Adds each pointer as a job of its own; see `sendBundles`. */
  send(messages: readonly Outbound[]): Promise<void> {
    return this.sendBundles(bundled(messages, 1));
  }

  /**
   * Adds bundles of pointers, a job each; one that Redis still has is left as it is. A pipeline, not a transaction: repeat
   * after an error. Throws within seconds when Redis is away, or a node that one of the queue's names lies on.
   */
  async sendBundles(bundles: readonly Bundle[]): Promise<void> {
    await connected(this.#connection);
    const byPart = Map.groupBy(bundles, ([{ id }]) => partFor(id, this.#queues.length));
    const sent = await Promise.allSettled([...byPart].map(([part, some]) => add(this.#queues[part]!, some)));
    const failed = sent.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Jobs that workers have taken and not finished, over all names of the queue. Throws like `sendBundles`. */
  async countTaken(): Promise<number> {
    await connected(this.#connection);
    const counts = await Promise.all(this.#queues.map((queue) => queue.getActiveCount()));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#opened.values()].map((queue) => queue.close()));
  }

  #named(parts: QueueParts | undefined): Queue[] {
    return partsOf(this.#queue, parts).map((part) => {
      const one = this.#opened.get(part) ?? open(this.#space, part, this.#connection);
      this.#opened.set(part, one);
      return one;
    });
  }
}

function open(space: QueueSpace, part: string, connection: QueueConnection): Queue {
  const queue = new Queue(part, {
    connection,
    prefix: prefixOf(space, part),
    streams: { events: { maxLen: 1_000 } },
    skipVersionCheck: true,
  });
  queue.on('error', () => undefined);
  return queue;
}

async function add(queue: Queue, bundles: readonly Bundle[]): Promise<void> {
  for (let start = 0; start < bundles.length; start += 500) {
    await queue.addBulk(
      bundles.slice(start, start + 500).map((bundle) => ({
        name: bundle[0].name,
        data: bundleData(bundle),
        opts: { ...jobOptions, jobId: bundleIdOf(bundle) },
      })),
    );
  }
}
