import type { Random } from './random.ts';

export const arrivalKinds = ['constant', 'poisson', 'ramp'] as const;
export type ArrivalKind = (typeof arrivalKinds)[number];

export interface Arrivals {
  readonly kind: ArrivalKind;
  /** Starts per second; for a ramp, at its end. */
  readonly rate: number;
  readonly seconds: number;
}

/**
 * When each command is to start, in milliseconds from the beginning and in order. Decided beforehand and by nothing that the
 * fleet does: a slow answer never delays the next start (open model). `constant`: evenly; `poisson`: as independent users
 * come; `ramp`: from nothing up to the rate.
 */
export function* startsOf({ kind, rate, seconds }: Arrivals, random: Random): Generator<number> {
  const end = seconds * 1_000;
  if (kind === 'poisson') {
    for (let at = gap(rate, random); at < end; at += gap(rate, random)) yield at;
    return;
  }
  const total = Math.floor(kind === 'constant' ? rate * seconds : (rate * seconds) / 2);
  // Up a ramp the n-th start is due when the area under the rate reaches n.
  for (let no = 0; no < total; no += 1)
    yield kind === 'constant' ? (no * 1_000) / rate : 1_000 * Math.sqrt((2 * seconds * (no + 1)) / rate);
}

const gap = (rate: number, random: Random): number => (-Math.log(1 - random.unit()) / rate) * 1_000;
