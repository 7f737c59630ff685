import type { Judged } from '../generator/objective.ts';
import type { Loaded } from '../oneLoad.ts';
import type { Binding } from '../report/binding.ts';

/** What one rate of a search came to; plain JSON. Times in milliseconds. */
export interface KneeStep {
  /** Starts per second that were asked for, and that were answered. */
  readonly rate: number;
  readonly answered: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
  /** From the last answer until nothing was owed. */
  readonly drainMs: number;
  readonly held: boolean;
  /** Why it did not hold. */
  readonly why: string | null;
  readonly binding: Binding;
}

/** Every rate that was tried, slowest first, and the highest that held. */
export interface Knee {
  readonly objectives: readonly string[];
  readonly rate: number | null;
  readonly steps: readonly KneeStep[];
}

/** Work that is left over after this share of a step's time says that more came in than was done. */
const drainShare = 0.5;

export function stepOf(rate: number, loaded: Loaded, judged: readonly Judged[]): KneeStep {
  const { generated, drainMs, drained, seconds, binding } = loaded;
  const missed = judged.find(({ met }) => !met);
  const tooLong = !drained || drainMs > Math.max(1_000, seconds * 1_000 * drainShare);
  const why = missed
    ? `${missed.objective}: ${Math.round(missed.foundMs)} ms found`
    : generated.dropped > 0
      ? `${generated.dropped} starts dropped`
      : generated.generator.saturated
        ? 'the generator was saturated'
        : tooLong
          ? `done only ${(drainMs / 1_000).toFixed(1)} s after the last answer`
          : null;
  const { n: _, mean: __, ...times } = generated.all.response.percentiles;
  return {
    rate,
    answered: Math.round((generated.started / generated.tookMs) * 10_000) / 10,
    ...times,
    drainMs,
    held: why === null,
    why,
    binding,
  };
}
