import { countCrash, type Database, takeMessages } from '@ge/database';
import type { Delivery, Settlement } from '@ge/queue';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { failpoint } from '../failpoint.ts';
import { pause } from '../pause.ts';
import type { BatchMetrics } from '../service/metrics.ts';
import { settleWithSubjects } from './burial.ts';
import { Collector } from './collector.ts';
import { goesOn } from './ending.ts';
import { describeFailure, isPassing, isTooSlow } from './failure.ts';
import type { Gate } from './gate.ts';
import type { AnyBatchHandler, Claim } from './handler.ts';
import { type BatchResult, type Company, runInTransaction, type Steps, settleAsFailed } from './transact.ts';

export interface RunnerContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: BatchMetrics;
  readonly gate: Gate;
  /** Aborted when the service stops: failures that may pass are then given back instead of awaited. */
  readonly stopping: AbortSignal;
  readonly batchesInFlight: number;
  readonly lingerMs: number;
}

/** How often a process may die while it runs one message alone before the message is dead. */
const maxCrashes = 3;

/** Runs that may take too long before a batch is taken to be at fault itself: it is split, or its one job charged. */
const slowRuns = 3;

/**
 * For how long a job goes on slice by slice before it comes back through the queue, where a pause holds it and sellers take
 * turns over all processes.
 */
const stretchMs = 2_000;

/** To somebody else, or to this process once it can. */
const comeBack: Settlement = { kind: 'later', ms: 1_000 };
/** A suspect has nobody beside it, and comes back through the queue after each slice. */
const alone: Company = { othersWait: () => false, mayGoOn: () => false };

const giveBack = (deliveries: readonly Delivery[]): Settlements => new Map(deliveries.map((each) => [each, comeBack]));

/** What becomes of each delivery of a batch; of one with a call under way it is still to come. */
export type Settlements = Map<Delivery, Settlement | Promise<Settlement>>;

/** Runs the deliveries of one contract: in batches, in halves where a batch cannot be saved, alone where suspected. */
export abstract class BatchRunner<Intent = never> {
  protected readonly context: RunnerContext;
  protected readonly steps: Steps<Intent>;
  readonly #collector: Collector<Delivery, Settlement>;

  constructor(context: RunnerContext, steps: Steps<Intent>) {
    this.context = context;
    this.steps = steps;
    this.#collector = new Collector({
      batchSize: steps.contract.options.batchSize,
      inFlight: context.batchesInFlight,
      lingerMs: context.lingerMs,
      run: (deliveries) => this.#inOneStretch(deliveries),
    });
  }

  /** What has not begun when the service is told to stop is given back at once. */
  handle(delivery: Delivery): Promise<Settlement> {
    return delivery.wasAbandoned
      ? this.context.gate.alone(() => this.#runAlone(delivery))
      : this.#collector.add(delivery);
  }

  /**
   * What happens after the claims were committed; database-only jobs have nothing left to do. Resolves when the next batch
   * may begin, with promises of what is still under way.
   */
  protected abstract complete(result: BatchResult<Intent>): Promise<Settlements>;

  /** A job alone goes on with its next slice at once, for a while and as long as nobody waits for its place. */
  async #inOneStretch(deliveries: readonly Delivery[]): Promise<Settlements> {
    const { gate, stopping } = this.context;
    const until = performance.now() + stretchMs;
    const company: Company = {
      othersWait: () => this.#collector.hasWaiting || gate.running > 1,
      mayGoOn: () =>
        deliveries.length === 1 && !this.#collector.hasWaiting && !stopping.aborted && performance.now() < until,
    };
    for (;;) {
      const settlements = await this.#run(deliveries, company);
      if (settlements.get(deliveries[0]!) !== goesOn) return settlements;
    }
  }

  /** What is under way keeps a suspect waiting until it has ended, but no further batch. */
  async #run(deliveries: readonly Delivery[], company: Company): Promise<Settlements> {
    const leave = await this.context.gate.enter();
    try {
      const settlements = await this.#settle(deliveries, company);
      void Promise.allSettled(settlements.values()).then(leave);
      return settlements;
    } catch (error) {
      leave();
      throw error;
    }
  }

  async #settle(deliveries: readonly Delivery[], company: Company): Promise<Settlements> {
    if (this.context.stopping.aborted) return giveBack(deliveries);
    const started = performance.now();
    const settlements = await this.#attempt(deliveries, company);
    void Promise.allSettled(settlements.values()).then(() =>
      this.context.metrics.batch(this.steps.contract, deliveries, performance.now() - started),
    );
    return settlements;
  }

  async #attempt(deliveries: readonly Delivery[], company: Company): Promise<Settlements> {
    const { contract } = this.steps;
    try {
      const result = await this.patiently(() =>
        this.context.database.transaction((tx) =>
          runInTransaction(tx, this.steps, deliveries, this.context.clock.now(), company),
        ),
      );
      failpoint('batch.committed', contract.name);
      this.context.metrics.taken(contract, result.held);
      this.context.metrics.settled(contract, result.settled);
      return await this.complete(result);
    } catch (error) {
      if (this.context.stopping.aborted && isPassing(error)) return giveBack(deliveries);
      this.context.logger.warn(
        { job: contract.name, size: deliveries.length, failure: describeFailure(error) },
        'batch could not be committed',
      );
      if (deliveries.length === 1) return this.#fail(deliveries[0]!, error);
      const half = Math.ceil(deliveries.length / 2);
      const first = await this.#attempt(deliveries.slice(0, half), company);
      const second = await this.#attempt(deliveries.slice(half), company);
      return new Map([...first, ...second]);
    }
  }

  async #fail(delivery: Delivery, error: unknown): Promise<Settlements> {
    try {
      const { settlements, settled } = await this.patiently(() =>
        this.context.database.transaction((tx) =>
          settleAsFailed(tx, this.steps, delivery, error, this.context.clock.now()),
        ),
      );
      this.context.metrics.settled(this.steps.contract, settled);
      return settlements;
    } catch (second) {
      if (isPassing(second)) return giveBack([delivery]);
      throw second;
    }
  }

  async #runAlone(delivery: Delivery): Promise<Settlement> {
    const { pointer } = delivery;
    if (this.context.stopping.aborted) return comeBack;
    const count = (by: 1 | -1) =>
      this.patiently(() =>
        this.context.database.transaction((tx) => countCrash(tx, this.steps.contract.name, pointer!, by)),
      );
    const crashes = pointer ? await count(1) : null;
    if (crashes !== null) {
      this.context.logger.warn(
        { job: this.steps.contract.name, message: pointer!.id, crashes },
        'running a suspect alone',
      );
      // The start that is about to happen is counted already.
      if (crashes > maxCrashes) return this.#bury(delivery, `${maxCrashes} processes died while they ran it alone`);
    }
    const settlement = await (await this.#settle([delivery], alone)).get(delivery)!;
    if (crashes !== null && settlement.kind === 'later') await count(-1);
    return settlement;
  }

  async #bury(delivery: Delivery, reason: string): Promise<Settlement> {
    const now = this.context.clock.now();
    const buried = await this.patiently(() =>
      this.context.database.transaction(async (tx) => {
        const { mine } = await takeMessages(tx, this.steps.contract.name, [delivery.pointer!]);
        const settled = mine.map((message) => ({
          message,
          ending: { kind: 'dead', reason } as const,
          followUps: [],
          progress: null,
        }));
        if (settled.length > 0) await settleWithSubjects(tx, this.steps, settled, now);
        return settled;
      }),
    );
    if (buried.length === 0) return comeBack;
    this.context.metrics.settled(this.steps.contract, buried);
    return { kind: 'failed', reason };
  }

  /**
   * Repeats what failed in a way that passes (a lost connection, a deadlock) until it goes through or the service stops.
   * What takes too long is repeated a few times only.
   */
  protected async patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isPassing(error) || this.context.stopping.aborted) throw error;
        if (isTooSlow(error) && attempt >= slowRuns - 1) throw error;
        this.context.logger.warn(
          { job: this.steps.contract.name, attempt, failure: describeFailure(error) },
          'running the batch again',
        );
        await pause(Math.min(2_000, 50 * 2 ** attempt), this.context.stopping);
      }
    }
  }
}

/** The runner of database-only jobs. */
export class DatabaseRunner extends BatchRunner {
  constructor(context: RunnerContext, handler: AnyBatchHandler) {
    super(context, {
      contract: handler.contract,
      onDead: handler.onDead,
      onCancelled: handler.onCancelled,
      logger: context.logger,
      adopt: false,
      load: (tx, jobs, now, othersWait) => handler.load(tx, jobs, now, othersWait),
      decide: (job, state, now): Claim<never> => ({ kind: 'settle', verdict: handler.decide(job, state, now) }),
      save: (tx, state, now) => handler.save(tx, state, now),
    });
  }

  protected override async complete(result: BatchResult<never>): Promise<Settlements> {
    return result.settlements;
  }
}
