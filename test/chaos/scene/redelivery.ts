import { boardQueues, failingConnection, type QueueSpace } from '@ge/queue';
import fc from 'fast-check';
import { workers } from './fleet.ts';
import { drawn, shuffled } from './random.ts';
import type { Scene } from './scene.ts';

interface Turn {
  readonly id: string;
  readonly gen: number;
  readonly name: string;
  readonly queue: string;
  readonly seller_id: string;
}

/**
 * A relay that has lost its head. It puts each turn of each message into its queue two to five times, in any order: under
 * ids that BullMQ takes for different jobs and workers for the same message, since zeros before a number say nothing.
 */
export class Redelivery {
  readonly #scene: Scene;
  readonly #redis: ReturnType<typeof failingConnection>;
  readonly #queues: Map<string, ReturnType<typeof boardQueues>[number]>;
  readonly #sent = new Set<string>();
  #rounds = 0;

  constructor(scene: Scene, space: QueueSpace) {
    this.#scene = scene;
    this.#redis = failingConnection(space);
    this.#queues = new Map(boardQueues(space, workers, this.#redis).map((queue) => [queue.name, queue]));
  }

  /** Turns that were sent so far; each of them at least twice. */
  get turns(): number {
    return this.#sent.size;
  }

  /** One look at what is due now. Returns how many copies went out of it. */
  async send(): Promise<number> {
    const { database } = this.#scene;
    await database.query(`update messages set due_at = null where state = 'ready' and due_at <= now()`);
    const turns = (
      await database.query<Turn>(
        `select id, gen, name, queue, seller_id from messages where state = 'ready' and due_at is null`,
      )
    ).filter(({ id, gen }) => !this.#sent.has(`${id}-${gen}`));
    if (turns.length === 0) return 0;
    this.#rounds += 1;
    const times = fc.array(fc.integer({ min: 2, max: 5 }), { minLength: turns.length, maxLength: turns.length });
    const copies = drawn(times, this.#rounds).flatMap((count, index) =>
      Array.from({ length: count }, (_, zeros) => ({ turn: turns[index]!, zeros })),
    );
    const inQueues = Map.groupBy(shuffled(copies, this.#rounds), ({ turn }) => turn.queue);
    await Promise.all([...inQueues].map(([queue, jobs]) => this.#queues.get(queue)!.addBulk(jobs.map(asJob))));
    for (const { id, gen } of turns) this.#sent.add(`${id}-${gen}`);
    return copies.length;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
    this.#redis.disconnect();
  }
}

const asJob = ({ turn, zeros }: { readonly turn: Turn; readonly zeros: number }) => ({
  name: turn.name,
  data: { s: turn.seller_id },
  opts: { jobId: `${'0'.repeat(zeros)}${turn.id}-${turn.gen}`, attempts: 1, removeOnComplete: true },
});
