import { plotSvg } from '@ge/plots';
import * as Plot from '@observablehq/plot';
import { type FloodReport, failuresOf } from './floodReport.ts';

/** One page with everything in it: no script, nothing fetched. */
export function reportPage(report: FloodReport): string {
  const { asked, load, latency, backlog, binding, audit, machine } = report;
  const failures = failuresOf(report);
  const { response } = latency;
  const facts = [
    ['profile', asked.profile],
    [
      'arrivals',
      `${asked.arrivals}${asked.rate === null ? '' : `, ${asked.rate}/s`} for ${asked.seconds} s, seed ${asked.seed}`,
    ],
    ['machine', `${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}`],
    ['starts', `${load.started} (${load.rate}/s), ${load.outcomes.accepted} accepted, ${load.dropped} dropped`],
    [
      'response',
      `p50 ${response.p50} ms, p99 ${response.p99} ms, max ${response.max} ms${latency.valid ? '' : ' (void: the generator was saturated)'}`,
    ],
    ['backlog', `${backlog.most} at most, drained in ${backlog.drainMs} ms`],
    ['binding', `${binding.resource}: ${binding.evidence.join('; ')}`],
    ['audit', `${audit.accepted} accepted, ${audit.findingsTotal} found amiss`],
  ] as const;
  const verdict = report.ok ? 'Passed' : `Failed: ${failures.join('; ')}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Flood ${escaped(asked.profile)}, ${escaped(report.at)}</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}
h1{font-size:1.4rem}h2{font-size:1.05rem;margin-top:2rem}table{border-collapse:collapse}td,th{text-align:left;padding:.2rem 1rem .2rem 0;vertical-align:top}
.verdict{padding:.5rem .8rem;border-left:4px solid ${report.ok ? '#1a7f37' : '#b42318'};background:#f6f8fa}svg{max-width:100%;height:auto}</style></head><body>
<h1>Flood: ${escaped(asked.profile)}</h1><p>${escaped(report.at)}</p><p class="verdict">${escaped(verdict)}</p>
<table>${facts.map(([name, value]) => `<tr><th>${name}</th><td>${escaped(String(value))}</td></tr>`).join('')}</table>
<h2>Starts and answers per second</h2>${throughput(report)}
<h2>Response time by percentile, milliseconds from the planned start</h2>${percentiles(report)}
<h2>Messages waiting, by queue</h2>${waiting(report)}
<h2>CPU by process, milliseconds</h2>${cpu(report)}
<h2>From acceptance to the end</h2>
<table><tr><th>operation</th><th>n</th><th>p50 ms</th><th>p99 ms</th><th>max ms</th></tr>${report.phases.operations
    .map(
      ({ kind, n, p50, p99, max }) =>
        `<tr><td>${escaped(kind)}</td><td>${n}</td><td>${p50}</td><td>${p99}</td><td>${max}</td></tr>`,
    )
    .join('')}</table>
<h2>Audit</h2><table>${Object.entries(audit.checked)
    .map(([what, n]) => `<tr><td>${escaped(what)}</td><td>${n} compared</td></tr>`)
    .join('')}${audit.findings
    .map(({ code, subject, found }) => `<tr><td>${escaped(code)}</td><td>${escaped(`${subject}: ${found}`)}</td></tr>`)
    .join('')}</table></body></html>
`;
}

function throughput({ series }: FloodReport): string {
  const rows = series.seconds.flatMap(({ started, ended, dropped }, second) => [
    { second, n: started, of: 'started' },
    { second, n: ended, of: 'answered' },
    ...(dropped > 0 ? [{ second, n: dropped, of: 'dropped' }] : []),
  ]);
  return plotSvg({
    y: { grid: true },
    color: { legend: false },
    marks: [Plot.lineY(rows, { x: 'second', y: 'n', stroke: 'of', z: 'of' }), labels(rows, 'second', 'n', 'of')],
  });
}

function percentiles({ latency }: FloodReport): string {
  const rows = Object.entries({ all: { response: latency.response }, ...latency.byKind }).flatMap(
    ([of, { response }]) =>
      (['p50', 'p90', 'p99', 'p999', 'max'] as const).map((name) => ({ name, ms: Math.max(0.1, response[name]), of })),
  );
  return plotSvg({
    x: { domain: ['p50', 'p90', 'p99', 'p999', 'max'], label: null, type: 'point' },
    y: { type: 'log', grid: true, label: 'ms' },
    marks: [
      Plot.lineY(rows, { x: 'name', y: 'ms', stroke: 'of', z: 'of' }),
      Plot.dot(rows, { x: 'name', y: 'ms', fill: 'of' }),
      labels(
        rows.filter(({ name }) => name === 'max'),
        'name',
        'ms',
        'of',
      ),
    ],
  });
}

function waiting({ series }: FloodReport): string {
  const rows = series.moments.flatMap(({ at, backlog }) =>
    Object.entries(backlog).map(([queue, n]) => ({ seconds: at / 1_000, n, queue })),
  );
  if (rows.length === 0) return '<p>Nothing was ever seen waiting.</p>';
  return plotSvg({
    y: { grid: true },
    marks: [
      Plot.lineY(rows, { x: 'seconds', y: 'n', stroke: 'queue', z: 'queue' }),
      labels(rows, 'seconds', 'n', 'queue'),
    ],
  });
}

function cpu({ cpuMs }: FloodReport): string {
  const rows = Object.entries(cpuMs).map(([name, ms]) => ({ name, ms }));
  return plotSvg({
    marginLeft: 160,
    x: { grid: true, label: 'ms' },
    y: { label: null },
    marks: [Plot.barX(rows, { x: 'ms', y: 'name', sort: { y: '-x' }, fill: '#4269d0' })],
  });
}

/** A name at the last point of each line, instead of a legend. */
const labels = <Row extends object>(rows: readonly Row[], x: string, y: string, of: string) =>
  Plot.text(rows as Row[], Plot.selectLast({ x, y, z: of, text: of, textAnchor: 'start', dx: 4 }));

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!);
