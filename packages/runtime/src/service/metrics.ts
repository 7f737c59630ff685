import type { JobContract } from '@ge/contracts';
import type { Delivery } from '@ge/queue';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What the batch runner counts. Label values come from the catalogue, never from data. */
export class BatchMetrics {
  readonly #jobs: Counter<'queue' | 'job' | 'outcome'>;
  readonly #size: Histogram<'queue' | 'job'>;
  readonly #run: Histogram<'queue' | 'job'>;
  readonly #wait: Histogram<'queue' | 'job'>;

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
    this.#wait = new Histogram({
      name: 'ge_job_wait_seconds',
      help: 'Time a job lay in Redis before it was picked up',
      labelNames: ['queue', 'job'],
      buckets: seconds,
      registers,
    });
  }

  batch(contract: JobContract, deliveries: readonly Delivery[], ms: number): void {
    const labels = { queue: contract.queue, job: contract.name };
    this.#size.observe(labels, deliveries.length);
    this.#run.observe(labels, ms / 1_000);
    for (const delivery of deliveries) this.#wait.observe(labels, delivery.waitedMs / 1_000);
  }

  endings(contract: JobContract, endings: readonly string[]): void {
    for (const outcome of endings) this.#jobs.inc({ queue: contract.queue, job: contract.name, outcome });
  }
}

/** A registry with the process's own figures (CPU, memory, event loop). */
export function createRegistry(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}
