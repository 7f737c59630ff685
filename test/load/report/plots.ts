import { plotSvg } from '@ge/plots';
import * as Plot from '@observablehq/plot';
import type { FloodReport } from './floodReport.ts';

const percentileNames = ['p50', 'p90', 'p99', 'p999', 'max'] as const;
const said = { p50: 'p50', p90: 'p90', p99: 'p99', p999: 'p99.9', max: 'max' } as const;

/** Colours that are told apart with every common kind of colour blindness, on white and on black. */
const colours = ['#3b7dd8', '#e0762d', '#2a9d74', '#c65596', '#8a6fd1', '#a08417', '#5b9bb0', '#d0534f', '#7a7f87'];

/** Starts and answers in each second; the last one is cut short and left out. */
export function throughput({ series, asked, knee }: FloodReport): string {
  const whole = series.seconds.slice(0, Math.max(1, Math.ceil(asked.seconds)));
  const rows = whole.flatMap(({ started, ended, dropped }, second) => [
    { second, n: started, of: 'started' },
    { second, n: ended, of: 'answered' },
    ...(whole.some((one) => one.dropped > 0) ? [{ second, n: dropped, of: 'dropped' }] : []),
  ]);
  return plot(rows, {
    x: { label: 'second of the load', ticks: wholeTicks(whole.length - 1), tickFormat: 'd' },
    y: { grid: true, zero: true, label: 'per second' },
    marks: [
      ...(asked.rate === null || asked.arrivals === 'ramp'
        ? []
        : [Plot.ruleY([knee?.rate ?? asked.rate], { strokeDasharray: '4 4', strokeOpacity: 0.5 })]),
      Plot.lineY(rows, { x: 'second', y: 'n', stroke: 'of', z: 'of', strokeWidth: 2 }),
    ],
  });
}

/** From the middle to the slowest, for each kind of start. */
export function percentiles({ latency, objectives }: FloodReport): string {
  const kinds = Object.entries({ all: { response: latency.response }, ...latency.byKind });
  const rows = kinds.flatMap(([of, { response }]) =>
    percentileNames.map((name) => ({ name: said[name], ms: Math.max(0.1, response[name]), of })),
  );
  return plot(rows, {
    x: { domain: Object.values(said), label: null, type: 'point' },
    y: { type: 'log', grid: true, label: 'ms', tickFormat: plainly, ticks: 5 },
    marks: [
      ...objectives.map(({ limitMs }) => Plot.ruleY([limitMs], { strokeDasharray: '4 4', strokeOpacity: 0.5 })),
      Plot.lineY(rows, {
        x: 'name',
        y: 'ms',
        stroke: 'of',
        z: 'of',
        strokeWidth: ({ of }) => (of === 'all' ? 3 : 1.5),
      }),
      Plot.dot(rows, { x: 'name', y: 'ms', fill: 'of', r: 3 }),
    ],
  });
}

/** Messages that could be run and were not yet, by queue. */
export function waiting({ series }: FloodReport): string {
  const queues = [...new Set(series.moments.flatMap(({ backlog }) => Object.keys(backlog)))];
  const rows = series.moments.flatMap(({ at, backlog }) =>
    queues.map((queue) => ({ seconds: at / 1_000, n: backlog[queue] ?? 0, of: queue })),
  );
  const most = Math.max(
    0,
    ...series.moments.map(({ backlog }) => Object.values(backlog).reduce((sum, n) => sum + n, 0)),
  );
  if (rows.length === 0) return '<p>Nothing was ever seen waiting.</p>';
  return plot(rows, {
    x: { label: 'second' },
    y: { grid: true, label: 'messages', ticks: wholeTicks(most), tickFormat: ',d' },
    marks: [Plot.areaY(rows, { x: 'seconds', y: 'n', fill: 'of', z: 'of', fillOpacity: 0.85 }), Plot.ruleY([0])],
  });
}

/** How much each process worked. */
export function cpu({ cpuMs }: FloodReport): string {
  const rows = Object.entries(cpuMs).map(([name, ms]) => ({ of: name, seconds: ms / 1_000 }));
  return plot(rows, {
    height: 62 + 24 * rows.length,
    marginLeft: 170,
    x: { grid: true, label: 'seconds of CPU' },
    y: { label: null },
    marks: [
      Plot.barX(rows, { x: 'seconds', y: 'of', sort: { y: '-x' }, fill: colours[0]!, rx2: 3 }),
      Plot.text(rows, {
        x: 'seconds',
        y: 'of',
        text: ({ seconds }) => seconds.toFixed(1),
        textAnchor: 'start',
        dx: 5,
        fill: 'currentColor',
      }),
    ],
    legend: false,
  });
}

/** Throughput against latency: a point for each rate that was tried, the knee marked. */
export function kneeCurve({ knee, objectives }: FloodReport): string {
  const steps = knee?.steps ?? [];
  const rows = steps.flatMap(({ answered, p50, p99, max, held, rate }) =>
    (['p50', 'p99', 'max'] as const).map((of) => ({
      answered,
      ms: Math.max(0.1, { p50, p99, max }[of]),
      of,
      held,
      isKnee: of === 'p99' && rate === knee!.rate,
    })),
  );
  return plot(rows, {
    height: 320,
    x: { label: 'answered per second', grid: true, zero: true },
    y: { type: 'log', grid: true, label: 'ms', tickFormat: plainly, ticks: 5 },
    marks: [
      ...objectives.map(({ limitMs }) => Plot.ruleY([limitMs], { strokeDasharray: '4 4', strokeOpacity: 0.5 })),
      Plot.lineY(rows, { x: 'answered', y: 'ms', stroke: 'of', z: 'of', strokeWidth: 2, sort: 'answered' }),
      Plot.dot(
        rows.filter(({ held }) => held),
        { x: 'answered', y: 'ms', fill: 'of', r: 4 },
      ),
      Plot.dot(
        rows.filter(({ held }) => !held),
        { x: 'answered', y: 'ms', stroke: 'of', strokeWidth: 2, r: 5, symbol: 'times' },
      ),
      Plot.dot(
        rows.filter(({ isKnee }) => isKnee),
        { x: 'answered', y: 'ms', r: 11, stroke: 'currentColor', strokeWidth: 1.5 },
      ),
    ],
  });
}

/** Ticks from 0 to `most`: never a fraction of a second or of a message. */
const wholeTicks = (most: number): number[] | number =>
  most > 10 ? 6 : Array.from({ length: most + 1 }, (_, no) => no);

const plainly = (ms: number): string => (ms >= 1_000 ? `${ms / 1_000} s` : `${ms} ms`);

/** A plot as SVG, with the names of its lines above it. */
function plot(
  rows: readonly { readonly of: string }[],
  { legend = true, ...options }: Plot.PlotOptions & { legend?: boolean },
): string {
  const domain = [...new Set(rows.map(({ of }) => of))];
  const drawn = plotSvg({
    marginLeft: 60,
    marginBottom: 42,
    marginRight: 40,
    style: { background: 'none', color: 'currentColor', fontSize: '12px' },
    ...options,
    color: { domain, range: colours.slice(0, Math.max(1, domain.length)) },
  });
  const names = domain.map(
    (of, index) => `<span><i style="background:${colours[index % colours.length]}"></i>${escaped(of)}</span>`,
  );
  const key = legend ? `<p class="key">${names.join('')}</p>` : '';
  return key + drawn;
}

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!);
