import { Counter, type Registry } from 'prom-client';

/** Counts what carriers tell. Label values come from tables of codes, never from data. */
export class WebhookCounts {
  readonly #deliveries: Counter<'carrier' | 'outcome'>;
  readonly #events: Counter<'carrier' | 'outcome'>;

  constructor(registry: Registry) {
    const labelNames = ['carrier', 'outcome'] as const;
    const registers = [registry];
    this.#deliveries = new Counter({
      name: 'ge_carrier_webhook_deliveries_total',
      help: 'Deliveries of carriers: taken, or why not',
      labelNames,
      registers,
    });
    this.#events = new Counter({
      name: 'ge_carrier_webhook_events_total',
      help: 'Tracking events in deliveries that were taken: recorded, or why not',
      labelNames,
      registers,
    });
  }

  delivery(carrier: string, outcome: string): void {
    this.#deliveries.inc({ carrier, outcome });
  }

  events(carrier: string, outcomes: readonly string[]): void {
    for (const outcome of outcomes) this.#events.inc({ carrier, outcome });
  }
}
