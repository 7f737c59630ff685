import { Gauge, type Registry } from 'prom-client';
import type { Overview } from './overview.ts';

/**
 * Registers what a scrape sees of the queues. `bullmq_job_count` is named as BullMQ's own exporter names it, so that
 * dashboards made for that work; it is about the window in Redis, `ge_messages` about what is owed. Where a store does
 * not answer, its series are absent and `ge_ops_store_up` is 0.
 */
export function registerQueueMetrics(registry: Registry, read: () => Promise<Overview>): void {
  const registers = [registry];
  const seen = (): Promise<Overview | null> => read().catch(() => null);
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    fill: (overview: Overview | null, set: (labels: Record<Label, string>, value: number) => void) => void,
  ) =>
    new Gauge<Label>({
      name,
      help,
      labelNames: [...labelNames],
      registers,
      async collect() {
        const overview = await seen();
        this.reset();
        fill(overview, (labels, value) => this.set(labels, value));
      },
    });

  gauge('bullmq_job_count', 'Jobs in Redis by state', ['queue', 'state'], (overview, set) => {
    for (const { backlog, window } of overview?.queues ?? []) {
      for (const [state, count] of Object.entries(window?.counts ?? {})) set({ queue: backlog.queue, state }, count);
    }
  });
  gauge('ge_messages', 'Messages owed: ready, due (later), dead', ['queue', 'state'], (overview, set) => {
    for (const { backlog } of overview?.queues ?? []) {
      const { queue, ready, due, dead } = backlog;
      for (const [state, count] of Object.entries({ ready, due, dead })) set({ queue, state }, count);
    }
  });
  gauge(
    'ge_oldest_message_age_seconds',
    'Age of the longest waiting ready message; 0 = none',
    ['queue'],
    (overview, set) => {
      for (const { backlog } of overview?.queues ?? []) set({ queue: backlog.queue }, backlog.oldestSeconds);
    },
  );
  gauge(
    'ge_queue_paused',
    '1 = nothing of the queue is run: paused by the relay or on the board',
    ['queue', 'by'],
    (overview, set) => {
      for (const { backlog, window } of overview?.queues ?? []) {
        const { queue } = backlog;
        const held = overview!.pauses.some((pause) => pause.sellerId === '*' && [queue, '*'].includes(pause.queue));
        set({ queue, by: 'relay' }, Number(held));
        if (window) set({ queue, by: 'board' }, Number(window.paused));
      }
    },
  );
  gauge('ge_queue_relayed', '1 = a relay holds the queue', ['queue'], (overview, set) => {
    for (const { backlog } of overview?.queues ?? []) set({ queue: backlog.queue }, Number(backlog.relayed));
  });
  gauge('ge_ops_store_up', '1 = the store answers', ['store'], (overview, set) => {
    set({ store: 'postgresql' }, Number(overview !== null));
    if (overview) set({ store: 'redis' }, Number(overview.redisAnswers));
  });
}
