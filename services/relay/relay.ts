import { queueNames } from '@ge/contracts';
import {
  type Database,
  dropOldHistory,
  ensureHistoryPartitions,
  holdLeases,
  promoteDue,
  releaseLeases,
} from '@ge/database';
import { failingConnection, Sender } from '@ge/queue';
import { describeFailure, pause, type ServiceContext } from '@ge/runtime';
import { Counter, Gauge } from 'prom-client';
import type { RelayConfig } from './config.ts';
import { QueueWindow } from './queueWindow.ts';

const historyDays = 14;
const housekeepingEveryMs = 3_600_000;

/** Keeps every queue's window full from the backlog in PostgreSQL, for as long as it holds the queue's lease. */
export class Relay {
  readonly #context: ServiceContext<RelayConfig>;
  readonly #database: Database;
  readonly #windows: ReadonlyMap<string, QueueWindow>;
  readonly #holder = `${process.pid}-${crypto.randomUUID()}`;
  readonly #sent: Counter<'queue'>;
  #held: readonly string[] = [];
  #leaseUntil = 0;
  #nextHousekeeping = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(context: ServiceContext<RelayConfig>) {
    this.#context = context;
    this.#database = context.database;
    const connection = failingConnection(context.space);
    context.resources.add('redis of the relay', () => connection.disconnect());
    this.#windows = new Map(
      queueNames.map((queue) => {
        const sender = new Sender(context.space, queue, connection);
        context.resources.add(`sender of ${queue}`, () => sender.close());
        const options = { queue, size: context.config.RELAY_WINDOW, resendMs: context.config.RELAY_RESEND_MS };
        return [queue, new QueueWindow(context.database, sender, options)];
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
        for (const [queue, window] of windows) this.set({ queue }, window.size);
      },
    });
  }

  start(): void {
    this.#running = this.#run();
    this.#context.resources.add('relay', async () => {
      await this.#running;
      await releaseLeases(this.#database, this.#holder);
    });
  }

  async #run(): Promise<void> {
    const { stopping, config, logger } = this.#context;
    while (!stopping.aborted) {
      let sent = 0;
      try {
        sent = await this.#turn();
      } catch (error) {
        logger.warn({ failure: describeFailure(error) }, 'the relay could not take its turn');
        await pause(500, stopping);
      }
      // While there is more to send than one turn can carry, there is no reason to wait.
      if (sent < config.RELAY_WINDOW / 2) await pause(config.RELAY_INTERVAL_MS, stopping);
    }
  }

  async #turn(): Promise<number> {
    await this.#keepLeases();
    const { clock } = this.#context;
    await this.#keepHouse(clock.now());
    await promoteDue(this.#database, clock.now(), 5_000);
    let sent = 0;
    for (const queue of this.#held) {
      const count = await this.#windows.get(queue)!.turn(Date.now());
      if (count > 0) this.#sent.inc({ queue }, count);
      sent += count;
    }
    return sent;
  }

  async #keepLeases(): Promise<void> {
    const { RELAY_LEASE_MS } = this.#context.config;
    if (Date.now() < this.#leaseUntil) return;
    const held = await holdLeases(this.#database, queueNames, this.#holder, RELAY_LEASE_MS);
    for (const queue of this.#held) if (!held.includes(queue)) this.#windows.get(queue)!.clear();
    this.#held = held;
    this.#leaseUntil = Date.now() + RELAY_LEASE_MS / 3;
  }

  async #keepHouse(now: Date): Promise<void> {
    if (Date.now() < this.#nextHousekeeping) return;
    await ensureHistoryPartitions(this.#database, now);
    await dropOldHistory(this.#database, now, historyDays);
    this.#nextHousekeeping = Date.now() + housekeepingEveryMs;
  }
}
