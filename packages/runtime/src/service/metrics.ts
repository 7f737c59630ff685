import type { JobContract } from '@ge/contracts';
import { hasEnded, type Settled } from '@ge/database';
import type { Delivery } from '@ge/queue';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Holding } from '../batch/takeDeliveries.ts';

/** Seconds from acceptance to the end; retries and snoozes are part of it. */
const throughSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400];

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What the batch runner counts. Label values come from the catalogue, never from data. */
export class BatchMetrics {
  readonly #jobs: Counter<'queue' | 'job' | 'outcome'>;
  readonly #size: Histogram<'queue' | 'job'>;
  readonly #run: Histogram<'queue' | 'job'>;
  readonly #unsent: Histogram<'queue' | 'job'>;
  readonly #wait: Histogram<'queue' | 'job'>;
  readonly #through: Histogram<'queue' | 'job'>;
  readonly #attempts: Histogram<'queue' | 'job'>;
  readonly #completed: Counter<'queue'>;
  readonly #failed: Counter<'queue'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#jobs = new Counter({
      name: 'ge_jobs_total',
      help: 'Jobs ended or brought back, by outcome',
      labelNames: ['queue', 'job', 'outcome'],
      registers,
    });
    this.#size = new Histogram({
      name: 'ge_batch_jobs',
      help: 'Jobs in one batch',
      labelNames: ['queue', 'job'],
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
      registers,
    });
    this.#run = new Histogram({
      name: 'ge_batch_seconds',
      help: 'Time from the start of a batch to its settlement',
      labelNames: ['queue', 'job'],
      buckets: seconds,
      registers,
    });
    this.#unsent = new Histogram({
      name: 'ge_job_unsent_seconds',
      help: 'Time from the acceptance of a message (or from when it was due first) until it was put into Redis',
      labelNames: ['queue', 'job'],
      buckets: throughSeconds,
      registers,
    });
    this.#wait = new Histogram({
      name: 'ge_job_wait_seconds',
      help: 'Time a job lay in Redis before it was picked up',
      labelNames: ['queue', 'job'],
      buckets: seconds,
      registers,
    });
    this.#through = new Histogram({
      name: 'ge_job_end_to_end_seconds',
      help: 'Time from the acceptance of a message (or from when it was due first) to its end',
      labelNames: ['queue', 'job'],
      buckets: throughSeconds,
      registers,
    });
    this.#attempts = new Histogram({
      name: 'ge_job_attempts',
      help: 'Runs that an ended message took',
      labelNames: ['queue', 'job'],
      buckets: [1, 2, 3, 5, 8, 20, 60],
      registers,
    });
    this.#completed = new Counter({
      name: 'bullmq_job_completed_total',
      help: 'Jobs ended for good',
      labelNames: ['queue'],
      registers,
    });
    this.#failed = new Counter({
      name: 'bullmq_job_failed_total',
      help: 'Jobs given up',
      labelNames: ['queue'],
      registers,
    });
  }

  batch(contract: JobContract, deliveries: readonly Delivery[], ms: number): void {
    const labels = { queue: contract.queue, job: contract.name };
    this.#size.observe(labels, deliveries.length);
    this.#run.observe(labels, ms / 1_000);
    for (const delivery of deliveries) this.#wait.observe(labels, delivery.waitedMs / 1_000);
  }

  /** How long messages that are run for the first time had waited for the relay. */
  taken(contract: JobContract, held: readonly Holding[]): void {
    const labels = { queue: contract.queue, job: contract.name };
    for (const { delivery, message } of held) {
      if (message.id === 0 || message.gen > 0) continue;
      const since = message.readyAt ?? message.createdAt;
      this.#unsent.observe(labels, Math.max(0, delivery.sentAt - since.getTime()) / 1_000);
    }
  }

  /** Counts what became of messages, once it is committed. */
  settled(contract: JobContract, settled: readonly Settled[]): void {
    const labels = { queue: contract.queue, job: contract.name };
    for (const [outcome, alike] of Map.groupBy(settled, ({ ending }) => ending.kind)) {
      this.#jobs.inc({ ...labels, outcome }, alike.length);
      if (!hasEnded(alike[0]!.ending)) continue;
      (outcome === 'dead' ? this.#failed : this.#completed).inc({ queue: contract.queue }, alike.length);
    }
    for (const { message, ending } of settled) {
      if (!hasEnded(ending)) continue;
      this.#attempts.observe(labels, message.attempts + 1);
      // A job without a row was accepted by its Redis; how long ago, nobody wrote down.
      if (message.id === 0) continue;
      const since = message.readyAt ?? message.createdAt;
      this.#through.observe(labels, Math.max(0, Date.now() - since.getTime()) / 1_000);
    }
  }
}

/** A registry with the process's own figures (CPU, memory, event loop). */
export function createRegistry(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}
