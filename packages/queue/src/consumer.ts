import { setTimeout as wait } from 'node:timers/promises';
import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq';
import { Abandonment } from './abandonment.ts';
import { pointersIn } from './bundle.ts';
import { prefixOf, type QueueConnection, type QueueSpace } from './connection.ts';
import { type Pointer, pointerOf } from './pointer.ts';
import { keepFailed } from './sender.ts';

/** One message, or one job without a row, as it came out of a queue. */
export interface Delivery {
  readonly name: string;
  /** null for a job without a row; then `data` is its envelope, still unchecked. */
  readonly pointer: Pointer | null;
  readonly data: unknown;
  /** True when an earlier holder, other than this worker, vanished with it: it may be what killed that process. */
  readonly wasAbandoned: boolean;
  /** When it was put into Redis, in milliseconds since 1970. */
  readonly sentAt: number;
  /** Milliseconds it lay in Redis. */
  readonly waitedMs: number;
}

/** What BullMQ is told: finished, come back after a while, or show it as failed. */
export type Settlement =
  | { readonly kind: 'settled' }
  | { readonly kind: 'later'; readonly ms: number }
  | { readonly kind: 'failed'; readonly reason: string };

export interface ConsumerOptions {
  readonly space: QueueSpace;
  readonly queue: string;
  readonly connection: QueueConnection;
  /** Messages held at once, give or take a bundle; the runner makes batches of them. */
  readonly concurrency: number;
  /** How long Redis waits for a sign of life before it hands the job to someone else. */
  readonly lockMs: number;
  /** Must not reject: a failed job keeps its id, and a row that is still owed could never be sent again under it. */
  readonly handle: (delivery: Delivery) => Promise<Settlement>;
  readonly onError: (error: Error) => void;
}

/** Jobs that an idle worker takes before it knows how many messages each of them carries. */
const firstJobs = 10;

/** Jobs that a worker remembers to have taken, for each that it may hold. */
const remembered = 4;

/** How long a node of a cluster may take to be told what is done. */
const nodeMs = 2_000;

/** Takes jobs from one queue until it is closed. */
export class Consumer {
  readonly queue: string;
  readonly #worker: Worker;
  readonly #connection: QueueConnection;
  readonly #abandonment: Abandonment;
  #jobs = 0;
  /** Messages of those jobs. */
  #inHand = 0;
  #movedAt = performance.now();

  constructor(options: ConsumerOptions) {
    this.queue = options.queue;
    this.#connection = options.connection;
    this.#abandonment = new Abandonment(remembered * options.concurrency);
    this.#worker = new Worker(options.queue, (job, token) => this.#run(job, token, options), {
      connection: options.connection,
      prefix: prefixOf(options.space, options.queue),
      concurrency: Math.min(firstJobs, options.concurrency),
      lockDuration: options.lockMs,
      stalledInterval: Math.max(500, Math.floor(options.lockMs / 2)),
      // Counting crashes is the database's business; Redis alone must never give up on a job.
      maxStalledCount: 1_000_000,
      removeOnComplete: { count: 0 },
      // For jobs of producers that say nothing about it: a failed one stays to be seen, but not for ever.
      removeOnFail: keepFailed,
      drainDelay: 2,
      skipVersionCheck: true,
    });
    this.#worker.on('error', options.onError);
  }

  async ready(): Promise<void> {
    await this.#worker.waitUntilReady();
  }

  /** When a job last came or went, by `performance.now()`. */
  get movedAt(): number {
    return this.#movedAt;
  }

  get isBusy(): boolean {
    return this.#inHand > 0;
  }

  /** The worker takes no more jobs although nobody closed it. */
  get hasEnded(): boolean {
    return !this.#worker.isRunning() && !this.#worker.closing;
  }

  async #run(job: Job, token: string | undefined, options: ConsumerOptions): Promise<void> {
    const { handle, onError, concurrency } = options;
    // Redis lost the job and kept its place: it goes without a word, so that its id is free to be sent again.
    if (isEmptied(job)) return;
    const deliveries = deliveriesOf(job, this.#abandonment.isSuspect(job));
    this.#hold(1, deliveries.length, concurrency);
    const settlement = together(
      await Promise.all(deliveries.map(handle)).finally(() => this.#hold(-1, deliveries.length, concurrency)),
    );
    if (settlement.kind === 'later') {
      // Refused by Redis it must not be shown as failed either: its lock runs out, and it comes back as abandoned.
      await job.moveToDelayed(Date.now() + settlement.ms, token).catch(onError);
      throw new DelayedError();
    }
    if (settlement.kind === 'failed') throw new UnrecoverableError(settlement.reason);
  }

  /**
   * BullMQ counts jobs, and one may carry many messages: after each that comes or goes it is told how many more like it may
   * come. An idle worker begins with a few, since it takes as many as it may before it looks at any.
   */
  #hold(job: 1 | -1, messages: number, concurrency: number): void {
    this.#jobs += job;
    this.#inHand += job * messages;
    this.#movedAt = performance.now();
    const more = Math.floor((concurrency - this.#inHand) / messages);
    this.#worker.concurrency = this.#jobs === 0 ? Math.min(firstJobs, concurrency) : Math.max(1, this.#jobs + more);
  }

  /**
   * Takes no further job and waits until those in hand are done and Redis knows. A Redis that is away is not waited for:
   * what it was to be told comes back as abandoned, and is found done.
   */
  async close(): Promise<void> {
    const closed = this.#worker.close().then(() => true);
    let idleSince = Number.POSITIVE_INFINITY;
    while (!(await Promise.race([closed, wait(50, false)]))) {
      if (this.#inHand > 0) continue;
      if (this.#connection.status !== 'ready') return;
      // A cluster is ready while the one node is away that holds the queue.
      idleSince = Math.min(idleSince, performance.now());
      if (this.#connection.isCluster && performance.now() - idleSince > nodeMs) return;
    }
  }
}

/** One for each pointer that the job carries. */
function deliveriesOf(job: Job, wasAbandoned: boolean): Delivery[] {
  const common = {
    name: job.name,
    data: job.data as unknown,
    wasAbandoned,
    sentAt: job.timestamp,
    waitedMs: Math.max(0, Date.now() - job.timestamp),
  };
  const pointers = pointersIn(job.data) ?? [isOwnData(job.data) ? pointerOf(job.id) : null];
  return pointers.map((pointer) => ({ ...common, pointer }));
}

/**
 * What becomes of a job by what becomes of its messages: it comes back while one of them is to, and finds the others done;
 * it is shown as failed where one of them is dead.
 */
function together(settlements: readonly Settlement[]): Settlement {
  const later = settlements.filter(({ kind }) => kind === 'later') as { kind: 'later'; ms: number }[];
  if (later.length > 0) return { kind: 'later', ms: Math.min(...later.map(({ ms }) => ms)) };
  const failed = settlements.filter((one) => one.kind === 'failed');
  if (failed.length === 0) return { kind: 'settled' };
  const others = settlements.length > 1 ? ` (${failed.length} of ${settlements.length} messages)` : '';
  return { kind: 'failed', reason: `${failed[0]!.reason}${others}` };
}

/** BullMQ hands out the id that it finds in the queue, whether anything is stored under it or not. */
const isEmptied = (job: Job): boolean => (job.name as string | undefined) === undefined;

/** A pointer carries the seller alone; a producer that chose an id of the same form put an envelope under it. */
const isOwnData = (data: unknown): boolean => typeof data === 'object' && data !== null && 's' in data;
