import { judge, type Objective } from '../generator/objective.ts';
import type { Loaded } from '../oneLoad.ts';

/** The figures of one load, as a report has them. */
export function measured({ generated, watched, drainMs, drained, cpuMs }: Loaded, objectives: readonly Objective[]) {
  const { all, byKind, generator } = generated;
  return {
    load: {
      started: generated.started,
      dropped: generated.dropped,
      outcomes: generated.outcomes,
      notAccepted: generated.notAccepted,
      rate: Math.round((generated.started / generated.tookMs) * 10_000) / 10,
      tookMs: Math.round(generated.tookMs),
    },
    latency: {
      response: all.response.percentiles,
      service: all.service.percentiles,
      byKind: Object.fromEntries(
        [...byKind].map(([kind, { response, service }]) => [
          kind,
          { response: response.percentiles, service: service.percentiles },
        ]),
      ),
      valid: !generator.saturated,
    },
    generator,
    objectives: judge(objectives, all.response),
    backlog: { most: Math.max(0, ...watched.moments.map(({ backlog }) => sum(backlog))), drainMs, drained },
    cpuMs,
    series: { seconds: generated.seconds, moments: watched.moments },
  };
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((all, n) => all + n, 0);
