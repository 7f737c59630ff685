import type { FloodReport } from './floodReport.ts';

export interface Compared {
  readonly what: string;
  readonly a: number | null;
  readonly b: number | null;
  /** By which share the second differs from the first: 0.1 = a tenth more; null where that says nothing. */
  readonly change: number | null;
}

/** The figures of two floods side by side. */
export function compared(a: FloodReport, b: FloodReport): Compared[] {
  const kinds = [...new Set([...Object.keys(a.latency.byKind), ...Object.keys(b.latency.byKind)])];
  const figures: readonly (readonly [string, (report: FloodReport) => number | undefined])[] = [
    ['starts per second', ({ load }) => load.rate],
    ['accepted', ({ load }) => load.outcomes.accepted],
    ['dropped', ({ load }) => load.dropped],
    ...(['p50', 'p90', 'p99', 'p999', 'max'] as const).map(
      (name) => [`response ${name}, ms`, ({ latency }: FloodReport) => latency.response[name]] as const,
    ),
    ...kinds.map(
      (kind) =>
        [`response p99 of ${kind}, ms`, ({ latency }: FloodReport) => latency.byKind[kind]?.response.p99] as const,
    ),
    ['backlog at most', ({ backlog }) => backlog.most],
    ['drained in, ms', ({ backlog }) => backlog.drainMs],
    ['found amiss', ({ audit }) => audit.findingsTotal],
  ];
  return figures.map(([what, of]) => {
    const [first = null, second = null] = [of(a), of(b)];
    const change = first === null || second === null || first === 0 ? null : second / first - 1;
    return { what, a: first, b: second, change };
  });
}
