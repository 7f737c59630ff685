import type { Queue } from 'bullmq';
import { connected, type QueueConnection, type QueueSpace } from './connection.ts';
import type { Consumer } from './consumer.ts';
import { boardQueues } from './inspect.ts';

/**
 * Tells whether a consumer still does what it is for. A worker that lost its connection for good says that it runs and has
 * nothing in hand, like one that has nothing to do: what waits in its queue tells them apart.
 */
export class ConsumerWatch {
  readonly #consumer: Consumer;
  readonly #queue: Queue;
  readonly #asking: QueueConnection;
  #passedBy: { readonly movedAt: number; readonly since: number } | null = null;

  /** `asking` is another connection than the consumer's own. */
  constructor(space: QueueSpace, consumer: Consumer, asking: QueueConnection) {
    this.#consumer = consumer;
    this.#asking = asking;
    [this.#queue] = boardQueues(space, [consumer.queue], asking) as [Queue];
  }

  /**
   * How long nothing has moved although something should, in milliseconds: jobs are in hand, or were waiting whenever it
   * was asked. Infinity when the worker takes no more jobs although nobody closed it. Throws when Redis is away.
   */
  async stuckForMs(): Promise<number> {
    const { movedAt, isBusy, hasEnded } = this.#consumer;
    if (hasEnded) return Number.POSITIVE_INFINITY;
    if (isBusy) return performance.now() - movedAt;
    if (!(await this.#isWaitedFor())) this.#passedBy = null;
    else if (this.#passedBy?.movedAt !== movedAt) this.#passedBy = { movedAt, since: performance.now() };
    return this.#passedBy ? performance.now() - this.#passedBy.since : 0;
  }

  async #isWaitedFor(): Promise<boolean> {
    await connected(this.#asking);
    const [waiting, isPaused] = await Promise.all([this.#queue.getWaitingCount(), this.#queue.isPaused()]);
    return waiting > 0 && !isPaused;
  }
}
