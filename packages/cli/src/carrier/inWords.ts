import type { FaultScript } from '@ge/carrier-simulator';

/** Cents of the simulator's carriers, which bill in US dollars. */
export const dollars = (minor: number): string => `${minor < 0 ? '-' : ''}$${(Math.abs(minor) / 100).toFixed(2)}`;

/** `buy 12, quote 30`; `none` for nothing. */
export const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';

const settings = ({ kind, ...rest }: { readonly kind: string }): string => {
  const told = Object.entries(rest).map(([name, value]) => `${name} ${value}`);
  return told.length === 0 ? kind : `${kind} (${told.join(', ')})`;
};

const span = (ms: number): string => (ms % 1_000 === 0 ? `${ms / 1_000} s` : `${ms} ms`);

/** What is in force as rows of a table: part, carrier, operation, what goes wrong, when. */
export function faultRows({ rules, lotteries, windows, latencies }: FaultScript): string[][] {
  return [
    ...windows.map(({ carrier, operation, effect, from, forMs, every }) => [
      'window',
      carrier ?? 'both',
      operation ?? 'all',
      settings(effect),
      `for ${span(forMs)}${every ? ` in every ${span(every.ms)}, seed ${every.seed}` : ''}, from ${from ?? 'now'}`,
    ]),
    ...rules.map(({ carrier, operation, reference, effect, skip, times }) => [
      'rule',
      carrier ?? 'both',
      operation,
      settings(effect),
      `${times} times${skip > 0 ? ` after ${skip}` : ''}${reference === undefined ? '' : `, of ${reference}`}`,
    ]),
    ...lotteries.flatMap(({ carrier, operation, seed, draws }) =>
      draws.map(({ share, effect }) => [
        'lottery',
        carrier ?? 'both',
        operation,
        settings(effect),
        `${Math.round(share * 1_000) / 10} %, seed ${seed}`,
      ]),
    ),
    ...latencies.map(({ carrier, operation, seed, takes: { shape, ...takes } }) => [
      'latency',
      carrier ?? 'both',
      operation ?? 'all',
      settings({ kind: shape, ...takes }),
      `seed ${seed}`,
    ]),
  ];
}

export const faultHeads = ['part', 'carrier', 'operation', 'what', 'when'] as const;
