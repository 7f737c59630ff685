import type { LedgerTotals } from '../ledger/totals.ts';

type Sample = readonly [labels: string, value: number];

const metric = (name: string, type: 'counter' | 'gauge', help: string, samples: readonly Sample[]): string =>
  [
    `# HELP carrier_simulator_${name} ${help}`,
    `# TYPE carrier_simulator_${name} ${type}`,
    ...samples.map(([labels, value]) => `carrier_simulator_${name}${labels} ${value}`),
  ].join('\n');

const by = (label: string, counts: Readonly<Record<string, number>>): readonly Sample[] =>
  Object.entries(counts).map(([value, count]) => [`{${label}="${value}"}`, count]);

/** The book's totals in Prometheus' text format. */
export const metricsText = (totals: LedgerTotals, latePending: number): string =>
  `${[
    metric('calls_total', 'counter', 'Calls by operation', by('operation', totals.calls)),
    metric('faults_total', 'counter', 'Faults injected by kind', by('kind', totals.faults)),
    metric('charges_total', 'counter', 'Charges made', [['', totals.charges]]),
    metric('charged_cents_total', 'counter', 'Cents charged', [['', totals.chargedMinor]]),
    metric('voids_total', 'counter', 'Charges given back', [['', totals.voids]]),
    metric('refunded_cents_total', 'counter', 'Cents given back', [['', totals.refundedMinor]]),
    metric('double_charged_references', 'gauge', 'References with more than one live charge', [
      ['', totals.doubleCharged],
    ]),
    metric('late_charges_pending', 'gauge', 'Charges that will land later', [['', latePending]]),
  ].join('\n')}\n`;
