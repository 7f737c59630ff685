import { queueNames } from '@ge/contracts';
import { type Database, holdLeases, promoteDue, queuesOwed, readTakers, releaseLeases } from '@ge/database';
import { connected, failingConnection, Sender, takenByAll } from '@ge/queue';
import { describeFailure, pause, type ServiceContext } from '@ge/runtime';
import { Counter, Gauge } from 'prom-client';
import type { RelayConfig } from './config.ts';
import { keepHouse } from './housekeeping.ts';
import { QueueWindow } from './queueWindow.ts';

const housekeepingEveryMs = 3_600_000;
/** How long a queue may take before the turn goes on to the next one. */
const patienceMs = 1_000;
/** What fails is tried again after that long. */
const restMs = 500;
/** When housekeeping that failed is tried again. */
const housekeepingAgainMs = 60_000;

/** Keeps every queue's window full from the backlog in PostgreSQL, for as long as it holds the queue's lease. */
export class Relay {
  readonly #context: ServiceContext<RelayConfig>;
  readonly #database: Database;
  readonly #redis: ReturnType<typeof failingConnection>;
  readonly #senders: ReadonlyMap<string, Sender>;
  readonly #windows: ReadonlyMap<string, QueueWindow>;
  readonly #holder = `${process.pid}-${crypto.randomUUID()}`;
  readonly #sent: Counter<'queue'>;
  #held: readonly string[] = [];
  /** By the steady clock, like everything that is measured here. */
  #leaseUntil = 0;
  #turnedAt = performance.now();
  /** Of queues that could not be filled when it was tried last. */
  readonly #restUntil = new Map<string, number>();
  readonly #filling = new Map<string, { readonly filled: Promise<number>; readonly since: number }>();
  #nextHousekeeping = 0;
  #housekeeping: Promise<void> = Promise.resolve();
  #running: Promise<void> = Promise.resolve();

  constructor(context: ServiceContext<RelayConfig>) {
    this.#context = context;
    this.#database = context.database;
    this.#redis = failingConnection(context.space);
    context.resources.add('redis of the relay', () => this.#redis.disconnect());
    // One name each, until workers say from how many they take.
    const space = { ...context.space, parts: {} };
    this.#senders = new Map(queueNames.map((queue) => [queue, new Sender(space, queue, this.#redis)]));
    for (const [queue, sender] of this.#senders) context.resources.add(`sender of ${queue}`, () => sender.close());
    this.#windows = new Map(
      [...this.#senders].map(([queue, sender]) => {
        const { RELAY_WINDOW, RELAY_WINDOW_MOST, RELAY_AHEAD_MS, RELAY_RESEND_MS } = context.config;
        const bounds = { least: RELAY_WINDOW, most: RELAY_WINDOW_MOST, aheadMs: RELAY_AHEAD_MS };
        return [queue, new QueueWindow(context.database, sender, { queue, bounds, resendMs: RELAY_RESEND_MS })];
      }),
    );
    const registers = [context.registry];
    this.#sent = new Counter({
      name: 'ge_relay_sent_total',
      help: 'Pointers put into Redis',
      labelNames: ['queue'],
      registers,
    });
    const windows = this.#windows;
    new Gauge({
      name: 'ge_relay_window_jobs',
      help: 'Pointers under way',
      labelNames: ['queue'],
      registers,
      collect() {
        for (const [queue, window] of windows) this.set({ queue }, window.underWay);
      },
    });
    new Gauge({
      name: 'ge_relay_window_room',
      help: 'Pointers that may be under way, by what workers finish',
      labelNames: ['queue'],
      registers,
      collect() {
        for (const [queue, window] of windows) this.set({ queue }, window.size);
      },
    });
  }

  /** How long the present turn has been going on, or what it left behind, in milliseconds. */
  stuckForMs(): number {
    return performance.now() - Math.min(this.#turnedAt, ...[...this.#filling.values()].map(({ since }) => since));
  }

  start(): void {
    this.#context.watch(this);
    this.#running = this.#run();
    this.#context.resources.add('relay', async () => {
      await this.#running;
      await this.#housekeeping;
      await Promise.all([...this.#filling.values()].map(({ filled }) => filled));
      await releaseLeases(this.#database, this.#holder);
    });
  }

  async #run(): Promise<void> {
    const { stopping, config, logger } = this.#context;
    while (!stopping.aborted) {
      const started = performance.now();
      this.#turnedAt = started;
      let sent = 0;
      try {
        sent = await this.#turn();
      } catch (error) {
        logger.warn({ failure: describeFailure(error) }, 'the relay could not take its turn');
        await pause(restMs, stopping);
      }
      // While there is more to send than one turn can carry, there is no reason to wait.
      // Otherwise it rests as long as it worked, at least: a look costs as much as the window is long, whatever it finds.
      const rest = Math.max(config.RELAY_INTERVAL_MS, performance.now() - started);
      if (sent < config.RELAY_WINDOW / 2) await pause(rest, stopping);
    }
  }

  async #turn(): Promise<number> {
    await this.#keepLeases();
    this.#keepHouse();
    await promoteDue(this.#database, this.#context.clock.now(), 5_000);
    const owed = await queuesOwed(this.#database, this.#held);
    await connected(this.#redis);
    let sent = 0;
    for (const queue of this.#held) {
      const isIdle = !owed.has(queue) && this.#windows.get(queue)!.underWay === 0;
      const isAtRest = performance.now() < (this.#restUntil.get(queue) ?? 0);
      if (!isIdle && !isAtRest && !this.#filling.has(queue)) sent += await this.#beginToFill(queue);
    }
    return sent;
  }

  /**
   * Returns how many pointers went out, as far as that is known soon: a node of Redis that does not answer is waited for, and
   * not by the queues of other nodes.
   */
  async #beginToFill(queue: string): Promise<number> {
    const filled = this.#fill(queue).finally(() => this.#filling.delete(queue));
    this.#filling.set(queue, { filled, since: performance.now() });
    const { promise: soon, resolve } = Promise.withResolvers<number>();
    const timer = setTimeout(resolve, this.#restUntil.has(queue) ? 0 : patienceMs, 0);
    return Promise.race([filled, soon]).finally(() => clearTimeout(timer));
  }

  /** Returns how many pointers went out. A queue that cannot be filled rests a moment and keeps no other from being filled. */
  async #fill(queue: string): Promise<number> {
    try {
      const count = await this.#windows.get(queue)!.turn(performance.now());
      if (count > 0) {
        this.#sent.inc({ queue }, count);
        this.#restUntil.delete(queue);
      }
      return count;
    } catch (error) {
      this.#context.logger.warn({ queue, failure: describeFailure(error) }, 'the queue could not be filled');
      this.#restUntil.set(queue, performance.now() + restMs);
      return 0;
    }
  }

  async #keepLeases(): Promise<void> {
    const { RELAY_LEASE_MS } = this.#context.config;
    if (performance.now() < this.#leaseUntil) return;
    const held = await holdLeases(this.#database, queueNames, this.#holder, RELAY_LEASE_MS);
    for (const queue of this.#held) if (!held.includes(queue)) this.#windows.get(queue)!.clear();
    this.#held = held;
    await this.#spread();
    this.#leaseUntil = performance.now() + RELAY_LEASE_MS / 3;
  }

  /** Over the names that every worker takes from; as it was where none is there, since nothing else is known. */
  async #spread(): Promise<void> {
    const takers = await readTakers(this.#database);
    for (const [queue, sender] of this.#senders) {
      const names = takenByAll(queue, takers);
      if (names !== null) sender.spreadOver(names);
    }
  }

  /** Beside the turns: a table that cannot be changed now must not keep anything from being sent. */
  #keepHouse(): void {
    if (performance.now() < this.#nextHousekeeping) return;
    this.#nextHousekeeping = performance.now() + housekeepingEveryMs;
    this.#housekeeping = keepHouse(this.#context).then((isDone) => {
      if (!isDone) this.#nextHousekeeping = performance.now() + housekeepingAgainMs;
    });
  }
}
