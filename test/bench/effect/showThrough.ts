import type { ServiceContext } from '@ge/runtime';
import { build } from 'hdr-histogram-js';
import { Gauge, type Histogram } from 'prom-client';

/**
 * Shows the 99th percentile of the time from acceptance to a committed end as `bench_through_p99_ms`, and of how many ends as
 * `bench_through_ended`. The first `BENCH_WARM_UP` ends are left out.
 */
export function showThrough({ registry }: ServiceContext): void {
  let toSkip = Number(process.env.BENCH_WARM_UP ?? 0);
  const times = build({ lowestDiscernibleValue: 1, highestTrackableValue: 600_000, numberOfSignificantValueDigits: 3 });
  // The fleet observes each end once it is committed; its own buckets are too coarse to tell 40 ms from 50.
  const through = registry.getSingleMetric('ge_job_end_to_end_seconds') as Histogram;
  const observe = through.observe.bind(through) as (...given: unknown[]) => void;
  through.observe = (...given: unknown[]) => {
    toSkip -= 1;
    if (toSkip < 0) times.recordValue(Math.max(1, Math.round(Number(given.at(-1)) * 1_000)));
    observe(...given);
  };
  const shown = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  shown('bench_through_p99_ms', 'From acceptance to the end, 99th percentile', () => times.getValueAtPercentile(99));
  shown('bench_through_ended', 'Ends it was taken from', () => times.totalCount);
}
