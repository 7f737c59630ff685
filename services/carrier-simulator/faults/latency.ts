import { z } from 'zod';

const milliseconds = z.number().min(0).max(600_000);

/**
 * How long a carrier takes to answer. `normal` is never below 0; `lognormal` has its median and its spread (0.5: one answer in
 * twenty takes 2.3 times the median); `long_tail` (Pareto) never answers faster than `leastMs`, and the smaller `alpha` is, the
 * more often an answer takes many times that.
 */
export const latencyShape = z.discriminatedUnion('shape', [
  z.strictObject({ shape: z.literal('constant'), ms: milliseconds }),
  z.strictObject({ shape: z.literal('normal'), meanMs: milliseconds, deviationMs: milliseconds }),
  z.strictObject({ shape: z.literal('lognormal'), medianMs: milliseconds, sigma: z.number().min(0).max(5) }),
  z.strictObject({ shape: z.literal('long_tail'), leastMs: milliseconds, alpha: z.number().min(0.2).max(20) }),
]);

export type LatencyShape = z.infer<typeof latencyShape>;

/** Two independent draws, each from 0 up to, and never, 1. */
export type Lots = readonly [first: number, second: number];

/** Whole milliseconds that one answer takes; the same lots give the same. */
export function latencyMs(shape: LatencyShape, lots: Lots, mostMs: number): number {
  return Math.round(Math.min(mostMs, Math.max(0, drawn(shape, lots))));
}

function drawn(shape: LatencyShape, lots: Lots): number {
  switch (shape.shape) {
    case 'constant':
      return shape.ms;
    case 'normal':
      return shape.meanMs + shape.deviationMs * standardNormal(lots);
    case 'lognormal':
      return shape.medianMs * Math.exp(shape.sigma * standardNormal(lots));
    case 'long_tail':
      return shape.leastMs / (1 - lots[0]) ** (1 / shape.alpha);
  }
}

/** Box and Muller's way; `1 - lot` is never 0. */
const standardNormal = ([first, second]: Lots): number =>
  Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second);
