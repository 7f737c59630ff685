import type { FloodReport } from './floodReport.ts';

export interface Compared {
  readonly what: string;
  readonly a: number | null;
  readonly b: number | null;
  /** By which share the second differs from the first: 0.1 = a tenth more; null where that says nothing. */
  readonly change: number | null;
  /** By which share the second is worse; 0 where it is not, null where nobody can say, as of a single slowest answer. */
  readonly worseBy: number | null;
}

type Better = 'more' | 'less' | 'neither';

/** Fewer answers than this have no 99th percentile worth comparing. */
const fewest = 100;

/** The figures of two floods side by side. */
export function compared(a: FloodReport, b: FloodReport): Compared[] {
  const kinds = [...new Set([...Object.keys(a.latency.byKind), ...Object.keys(b.latency.byKind)])];
  const enough = (kind: string) => [a, b].every(({ latency }) => (latency.byKind[kind]?.response.n ?? 0) >= fewest);
  const percentile = (name: 'p50' | 'p90' | 'p99' | 'p999' | 'max', better: Better): Figure => [
    `response ${name}, ms`,
    better,
    ({ latency }) => latency.response[name],
  ];
  const figures: readonly Figure[] = [
    ['knee, starts per second', 'more', ({ knee }) => knee?.rate ?? undefined],
    ['starts per second', 'more', ({ load }) => load.rate],
    ['accepted', 'neither', ({ load }) => load.outcomes.accepted],
    ['dropped', 'less', ({ load }) => load.dropped],
    percentile('p50', 'less'),
    percentile('p90', 'less'),
    percentile('p99', 'less'),
    percentile('p999', 'neither'),
    percentile('max', 'neither'),
    ...kinds.map(
      (kind): Figure => [
        `response p99 of ${kind}, ms`,
        enough(kind) ? 'less' : 'neither',
        ({ latency }) => latency.byKind[kind]?.response.p99,
      ],
    ),
    ['backlog at most', 'neither', ({ backlog }) => backlog.most],
    ['drained in, ms', 'neither', ({ backlog }) => backlog.drainMs],
    ['found amiss', 'less', ({ audit }) => audit.findingsTotal],
  ];
  return figures.map(([what, better, of]) => {
    const [first = null, second = null] = [of(a), of(b)];
    const change = first === null || second === null || first === 0 ? null : second / first - 1;
    return { what, a: first, b: second, change, worseBy: worseBy(first, second, better) };
  });
}

type Figure = readonly [what: string, better: Better, of: (report: FloodReport) => number | undefined];

function worseBy(a: number | null, b: number | null, better: Better): number | null {
  if (a === null || b === null || better === 'neither') return null;
  if (better === 'more') return a === 0 ? 0 : Math.max(0, 1 - b / a);
  // From nothing to something is worse by more than any share; a number, so that JSON can say it.
  if (a === 0) return b > 0 ? Number.MAX_SAFE_INTEGER : 0;
  return Math.max(0, b / a - 1);
}

/** Those that are worse by more than this share. */
export const worseThan = (rows: readonly Compared[], share: number): Compared[] =>
  rows.filter((row) => (row.worseBy ?? 0) > share);
