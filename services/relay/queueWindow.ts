import { type Database, type Looked, nextCancelled, nextForWindow, type Sendable, stillOwed } from '@ge/database';
import {
  type Bundle,
  bundled,
  bundleSize,
  type Pace,
  paceAfter,
  type Sender,
  standstill,
  type WindowBounds,
  windowSize,
} from '@ge/queue';
import { failpoint } from '@ge/runtime';

interface Sent extends Sendable {
  readonly bundle: Bundle;
  readonly sentAt: number;
}

export interface WindowOptions {
  readonly queue: string;
  readonly bounds: WindowBounds;
  readonly resendMs: number;
}

/** After this time a bundle is no longer believed to end as one. */
const slowMs = 1_000;
/** How often one that takes longer is asked for whole, at most. */
const wholeEveryMs = 250;

/**
 * The pointers of one queue that are under way. Kept in memory only: after a restart everything owed is sent again,
 * which Redis ignores where it still has it.
 */
export class QueueWindow {
  readonly #database: Database;
  readonly #sender: Sender;
  readonly #options: WindowOptions;
  readonly #sent = new Map<number, Sent>();
  /** When bundles that take long were asked for whole. */
  readonly #askedWholeAt = new WeakMap<Bundle, number>();
  #afterSeller: string | null = null;
  #pace: Pace = standstill;
  #lookedAt = 0;
  #size: number;

  constructor(database: Database, sender: Sender, options: WindowOptions) {
    this.#database = database;
    this.#sender = sender;
    this.#options = options;
    this.#size = options.bounds.least;
  }

  /** Pointers under way. */
  get underWay(): number {
    return this.#sent.size;
  }

  /** Pointers that may be under way, as the last look left it. */
  get size(): number {
    return this.#size;
  }

  /** One look: forget what is done, send again what is overdue, fill the free places. Returns how many pointers went out. */
  async turn(nowMs: number): Promise<number> {
    const before = this.#sent.size;
    await this.#forgetDone(nowMs);
    this.#pace = paceAfter(this.#pace, before - this.#sent.size, nowMs - this.#lookedAt);
    this.#lookedAt = nowMs;
    this.#size = windowSize(await this.#held(), this.#pace, this.#options.bounds);
    const overdue = this.#overdue(nowMs);
    const fresh = await this.#next();
    const outbound = [...overdue, ...bundled(fresh, bundleSize(this.#sent.size + fresh.length))];
    if (outbound.length === 0) return 0;
    failpoint('relay.selected', this.#options.queue);
    await this.#sender.sendBundles(outbound);
    failpoint('relay.sent', this.#options.queue);
    for (const { id } of overdue.flat()) {
      const sent = this.#sent.get(id);
      if (sent) this.#sent.set(id, { ...sent, sentAt: nowMs });
    }
    for (const bundle of outbound.slice(overdue.length))
      for (const message of bundle) this.#sent.set(message.id, { ...message, bundle, sentAt: nowMs });
    return overdue.length + fresh.length;
  }

  /** Whole as they were sent, so that Redis knows them again; what is done of one is found done by whoever gets it. */
  #overdue(nowMs: number): Bundle[] {
    const isOverdue = ({ sentAt }: Sent) => nowMs - sentAt >= this.#options.resendMs;
    return [...new Set([...this.#sent.values()].filter(isOverdue).map(({ bundle }) => bundle))];
  }

  /** Messages in the hands of workers, roughly; nobody is asked while there is plenty of room anyway. */
  async #held(): Promise<number> {
    if (this.#sent.size < this.#options.bounds.least / 2) return 0;
    const bundles = new Set([...this.#sent.values()].map(({ bundle }) => bundle)).size;
    const taken = await this.#sender.countTaken();
    return Math.min(this.#sent.size, Math.ceil((taken * this.#sent.size) / bundles));
  }

  /** Lets go of everything, when another relay has the queue. */
  clear(): void {
    this.#sent.clear();
    this.#pace = standstill;
    this.#size = this.#options.bounds.least;
    this.#afterSeller = null;
  }

  /**
   * A bundle keeps its place in a worker until the last of its messages is done, so one of them tells whether to ask for the
   * others: a look costs as much as there are bundles, and not as there are pointers. One that takes long is asked for whole
   * now and then: what is done of it must not fill the window, nor keep back what is owed again.
   */
  async #forgetDone(nowMs: number): Promise<void> {
    const bundles = [...Map.groupBy(this.#sent.values(), ({ bundle }) => bundle).values()];
    const { whole = [], byLast = [] } = Object.groupBy(bundles, (sent) =>
      this.#isAskedWhole(sent[0]!, nowMs) ? 'whole' : 'byLast',
    );
    const owed = await this.#stillOwed([...whole.flat(), ...byLast.map((sent) => sent.at(-1)!)]);
    const doubtful = byLast.filter((sent) => !owed.has(sent.at(-1)!.id));
    const left = await this.#stillOwed(doubtful.flatMap((sent) => sent.slice(0, -1)));
    for (const { id } of whole.flat()) if (!owed.has(id)) this.#sent.delete(id);
    for (const { id } of doubtful.flat()) if (!left.has(id)) this.#sent.delete(id);
  }

  #isAskedWhole({ bundle, sentAt }: Sent, nowMs: number): boolean {
    const since = Math.max(sentAt + slowMs, (this.#askedWholeAt.get(bundle) ?? 0) + wholeEveryMs);
    if (nowMs < since) return false;
    this.#askedWholeAt.set(bundle, nowMs);
    return true;
  }

  async #stillOwed(sent: readonly Sent[]): Promise<ReadonlySet<number>> {
    return sent.length === 0 ? new Set() : stillOwed(this.#database, sent);
  }

  /**
   * Sellers take turns: the look goes on behind the seller where the last one stopped, round and round, a few messages
   * each time, until the window is full or nobody in a whole round gave as many as was asked for. What is accepted
   * meanwhile waits for the next turn: whoever looks for that never comes to send.
   */
  async #next(): Promise<Sendable[]> {
    const fresh = await this.#cancelled();
    const quantum = Math.max(50, Math.ceil((this.#size - this.#sent.size) / 8));
    let isWholeRound = this.#afterSeller === null;
    let hasMore = false;
    for (;;) {
      const free = this.#size - this.#sent.size - fresh.length;
      if (free <= 0) return fresh;
      const { found, stoppedAt } = await this.#look(fresh, quantum, free);
      fresh.push(...found);
      const bySeller = Map.groupBy(found, ({ sellerId }) => sellerId);
      hasMore ||= [...bySeller.values()].some(({ length }) => length >= quantum);
      this.#afterSeller = stoppedAt;
      if (stoppedAt !== null) continue;
      if (isWholeRound && !hasMore) return fresh;
      isWholeRound = true;
      hasMore = false;
    }
  }

  /** A quarter of the window at most, so that a backlog that is dropped keeps nobody waiting whose work goes on. */
  async #cancelled(): Promise<Sendable[]> {
    const limit = Math.min(this.#size - this.#sent.size, Math.ceil(this.#size / 4));
    const { queue } = this.#options;
    return limit > 0 ? nextCancelled(this.#database, { queue, inFlight: [...this.#sent.keys()], limit }) : [];
  }

  #look(fresh: readonly Sendable[], quantum: number, limit: number): Promise<Looked> {
    const heldBySeller = new Map<string, number>();
    for (const { sellerId } of [...this.#sent.values(), ...fresh])
      heldBySeller.set(sellerId, (heldBySeller.get(sellerId) ?? 0) + 1);
    return nextForWindow(this.#database, {
      queue: this.#options.queue,
      afterSeller: this.#afterSeller,
      inFlight: [...this.#sent.keys(), ...fresh.map((message) => message.id)],
      heldBySeller,
      perSeller: Math.max(1, Math.floor(this.#size / 4)),
      perLook: quantum,
      // As a rule enough to pass everyone who is in the window already.
      sellers: this.#size + 500,
      limit,
    });
  }
}
