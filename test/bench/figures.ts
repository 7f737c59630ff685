import { plotSvg } from '@ge/plots';
import * as Plot from '@observablehq/plot';
import type { Result, Results } from './bench.ts';

const ours = '#1a7f37';
const others = '#8c959f';
const missed = '#b42318';

/**
 * How each measure stands to what is asked of it, one row each: the point is the median, the line from the lowest to the
 * highest of the runs, right of 1 is met whichever way the measure counts.
 */
function targetsFigure(results: Results): string {
  const rows = Object.entries(results).map(([id, result]) => ({ id, met: result.met, ...againstTarget(result) }));
  return plotSvg({
    height: 60 + 34 * rows.length,
    marginLeft: 60,
    marginRight: 30,
    x: {
      type: 'log',
      grid: true,
      label: 'times as good as asked →',
      ticks: [0.25, 0.5, 1, 2, 4, 8],
      tickFormat: String,
    },
    y: { label: null, domain: rows.map(({ id }) => id) },
    marks: [
      Plot.ruleX([1], { strokeDasharray: '4 3' }),
      Plot.ruleY(rows, { y: 'id', x1: 'worst', x2: 'best', strokeWidth: 3, stroke: colourOf }),
      Plot.dot(rows, { y: 'id', x: 'median', r: 6, fill: colourOf }),
    ],
  });
}

/** Jobs a second of the fleet and everyone it is measured beside in P1, the highest first. */
function enginesFigure({ beside = {}, ...p1 }: Result): string {
  const unit = `, ${p1.unit}`;
  const rows = [
    { name: 'the fleet', rate: p1.ours },
    ...Object.entries(beside)
      .filter(([label]) => label.endsWith(unit))
      .map(([label, rate]) => ({ name: label.slice(0, -unit.length), rate })),
  ];
  return plotSvg({
    height: 60 + 30 * rows.length,
    marginLeft: 230,
    marginRight: 70,
    x: { grid: true, label: `${p1.unit}, one database effect each →` },
    y: { label: null },
    marks: [
      Plot.barX(rows, {
        x: 'rate',
        y: 'name',
        sort: { y: '-x' },
        fill: ({ name }: (typeof rows)[number]) => (name === 'the fleet' ? ours : others),
      }),
      Plot.text(rows, {
        x: 'rate',
        y: 'name',
        text: ({ rate }: (typeof rows)[number]) => Math.round(rate).toLocaleString('en-US'),
        textAnchor: 'start',
        dx: 4,
      }),
    ],
  });
}

const colourOf = ({ met }: { readonly met: boolean }) => (met ? ours : missed);

/** The runs as multiples of what is asked: by the condition that is kept best, since one that holds is enough. */
function againstTarget({ target, runs, ratio, ours: own, peer }: Result) {
  const times = (run: { readonly ours: number; readonly peer: number; readonly ratio: number }) => {
    const pairs = [
      [run.ratio, target.ratio],
      [run.ours - run.peer, target.difference],
      [run.ours, target.ours],
    ] as const;
    const all = pairs.flatMap(([found, limit]) => {
      if (limit === undefined) return [];
      return [target.sense === 'at least' ? found / limit : limit / Math.max(found, limit / 16)];
    });
    return Math.max(...all);
  };
  const each = runs.map(times);
  const median = times({ ours: own, peer, ratio });
  return { median, worst: Math.min(median, ...each), best: Math.max(median, ...each) };
}

/** The figures of `docs/performance.md`, by the name of their file. */
export const performanceFigures = (results: Results): Readonly<Record<string, string>> => ({
  'performance-targets.svg': targetsFigure(results),
  ...(results.P1 && { 'performance-engines.svg': enginesFigure(results.P1) }),
});
