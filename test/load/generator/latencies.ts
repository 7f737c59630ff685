import { build, type Histogram } from 'hdr-histogram-js';

/** Milliseconds; `n` says over how many. */
export interface Percentiles {
  readonly n: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** A tenth of a millisecond is told apart; an hour is the most that is. */
const perMs = 10;
const mostMs = 3_600_000;

/** Times of one kind, in memory that does not grow with their number. */
export class Latencies {
  readonly #histogram: Histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: mostMs * perMs,
    numberOfSignificantValueDigits: 3,
  }) as Histogram;

  record(ms: number): void {
    this.#histogram.recordValue(Math.max(1, Math.min(mostMs * perMs, Math.round(ms * perMs))));
  }

  /** The time that `percent` of all stayed within, in milliseconds; 0 where there were none. */
  at(percent: number): number {
    return this.#histogram.totalCount === 0 ? 0 : this.#histogram.getValueAtPercentile(percent) / perMs;
  }

  get percentiles(): Percentiles {
    const { totalCount: n, mean, maxValue } = this.#histogram;
    const round = (ms: number) => Math.round(ms * perMs) / perMs;
    return {
      n,
      mean: n === 0 ? 0 : round(mean / perMs),
      p50: this.at(50),
      p90: this.at(90),
      p99: this.at(99),
      p999: this.at(99.9),
      max: n === 0 ? 0 : maxValue / perMs,
    };
  }
}
