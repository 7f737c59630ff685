import { type FloodReport, failuresOf } from './floodReport.ts';
import { cpu, escaped, kneeCurve, percentiles, throughput, waiting } from './plots.ts';

/** One page with everything in it: no script, nothing fetched. Fit for a bright and a dark screen, and for paper. */
export function reportPage(report: FloodReport): string {
  const { asked, phases, knee, poison, audit } = report;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Flood ${escaped(asked.profile)}, ${escaped(report.at)}</title><style>${style}</style></head><body>
${heading(report)}
${tiles(report)}
${knee ? section('Throughput against latency', 'filled: the rate held; crosses: it did not; ringed: the knee; dashed: the objective', kneeCurve(report) + kneeTable(knee)) : ''}
${section('Starts and answers', knee && knee.rate !== null ? `of the load at ${knee.rate} starts per second, like everything below` : 'dashed: the rate asked for', throughput(report) + outcomes(report))}
${section('Response time', `by percentile, ${timesBegin(report)}`, percentiles(report) + latencyTable(report))}
${section('Waiting messages', 'by queue, from the first start until nothing was owed', waiting(report))}
${section('What held it back', report.binding.resource, `<ul>${report.binding.evidence.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>${Object.keys(report.cpuMs).length > 1 ? cpu(report) : ''}`)}
${section(
  'From acceptance to the end',
  'with everything that follows from a command',
  grid(
    ['operation', 'n', 'p50 ms', 'p99 ms', 'max ms'],
    phases.operations.map(({ kind, n, p50, p99, max }) => [kind, n, p50, p99, max]),
    'No command of this load has an operation.',
  ),
)}
${section(
  'Where jobs spent their time',
  'in milliseconds, on average',
  grid(
    ['job', 'n', 'accepted → queued', 'queued → started', 'started → done', 'jobs a batch', 'accepted → done'],
    phases.jobs.map(({ job, n, unsentMs, queuedMs, batchMs, jobsPerBatch, acceptedToDoneMs }) => [
      ...[job, n, unsentMs, queuedMs, batchMs, jobsPerBatch, acceptedToDoneMs],
    ]),
    'Not visible from where the load stood.',
  ),
)}
${poison.length > 0 ? section('Poison', 'and what became of it', poisonTable(report)) : ''}
${section('Audit', `${count(audit.accepted)} accepted commands, each looked for afterwards`, auditTables(report))}
${report.flooded.kind === 'own' ? '' : section('A fleet that goes on', report.flooded.url ?? '', guestLists(report))}
<footer>${escaped(report.at)} · ${report.machine.cores} cores, ${report.machine.memoryGb} GB, Node ${escaped(report.machine.node)} · seed ${asked.seed} · ge flood</footer>
</body></html>
`;
}

type Cell = string | number;
const count = (n: number): string => n.toLocaleString('en-US');

const fleets = {
  own: 'on a fleet of its own',
  here: 'on a fleet that runs here',
  elsewhere: 'on a fleet elsewhere',
} as const;

function heading(report: FloodReport): string {
  const { asked, ok, knee } = report;
  const load =
    asked.rate === null ? `${asked.atOnce} users in turn` : `${asked.rate} starts a second, ${asked.arrivals}`;
  const shown = knee
    ? `rates from ${knee.steps[0]?.rate} to ${knee.steps.at(-1)?.rate} a second, ${asked.arrivals}`
    : load;
  const length = `${asked.seconds} s${knee ? ' each' : ''}`;
  const failures = failuresOf(report).map((failure) => `<li>${escaped(failure)}</li>`);
  return `<header><h1>Flood: ${escaped(asked.profile)}</h1>
<p>${escaped(`${shown}, ${length}, ${asked.sellers} sellers, ${fleets[report.flooded.kind]}`)}</p>
<p class="verdict ${ok ? 'good' : 'bad'}">${ok ? 'Passed' : 'Failed'}</p>${ok ? '' : `<ul class="bad">${failures.join('')}</ul>`}</header>`;
}

/** In a closed load nothing is planned: each start waits for the answer before it. */
const timesBegin = ({ asked }: Pick<FloodReport, 'asked'>): string =>
  asked.arrivals === 'closed' ? 'from each start, after the answer before it' : 'from the planned start';

function tiles({ asked, load, latency, backlog, audit, knee, generator, objectives }: FloodReport): string {
  const ms = (value: number) => `${count(Math.round(value))}<small> ms</small>`;
  const met = objectives.map(({ objective, met: isMet }) => `${objective} ${isMet ? 'met' : 'not met'}`).join(', ');
  const generatorSays = `void: the generator was busy ${Math.round(generator.busy * 100)} %`;
  const shown: readonly (readonly [string, string, string])[] = [
    ...(knee
      ? [['knee', knee.rate === null ? 'none' : `${knee.rate}<small> /s</small>`, knee.objectives.join(', ')] as const]
      : []),
    ['answered', `${load.rate}<small> /s</small>`, `${count(load.started)} starts, ${count(load.dropped)} dropped`],
    ['p50', ms(latency.response.p50), timesBegin({ asked })],
    [
      'p99',
      ms(latency.response.p99),
      latency.valid ? met || `max ${count(Math.round(latency.response.max))} ms` : generatorSays,
    ],
    ['backlog', count(backlog.most), `at most; gone ${(backlog.drainMs / 1_000).toFixed(1)} s after the last answer`],
    ['amiss', count(audit.findingsTotal), `in ${count(audit.accepted)} accepted commands`],
  ];
  return `<div class="tiles">${shown
    .map(([name, value, more]) => `<div><b>${name}</b><strong>${value}</strong><span>${escaped(more)}</span></div>`)
    .join('')}</div>`;
}

function outcomes({ load: { outcomes: ended, dropped, notAccepted } }: FloodReport): string {
  const { accepted, refused, overloaded, maybe } = ended;
  const reasons = Object.entries(notAccepted)
    .sort(([, a], [, b]) => b - a)
    .map(([code, n]) => `${count(n)} <code>${escaped(code)}</code>`);
  return `<p>${count(accepted)} accepted, ${count(refused)} refused by a rule, ${count(overloaded)} sent away for load, ${count(maybe)} without an answer, ${count(dropped)} dropped.${
    reasons.length > 0 ? ` Not accepted: ${reasons.join(', ')}.` : ''
  }</p>`;
}

const kneeTable = (knee: NonNullable<FloodReport['knee']>): string =>
  grid(
    ['starts/s', 'answered/s', 'p50 ms', 'p99 ms', 'max ms', 'drained s', 'held', 'what binds'],
    knee.steps.map(({ rate, answered, p50, p99, max, drainMs, held, why, binding }) => [
      ...[rate, answered, p50, p99, max, (drainMs / 1_000).toFixed(1)],
      held ? (rate === knee.rate ? 'yes: the knee' : 'yes') : `no: ${why}`,
      binding.resource,
    ]),
  );

const latencyTable = ({ latency }: FloodReport): string =>
  grid(
    ['of', 'n', 'p50', 'p90', 'p99', 'p99.9', 'max', 'service p99'],
    Object.entries({ all: latency, ...latency.byKind }).map(([of, { response, service }]) => [
      ...[of, response.n, response.p50, response.p90, response.p99, response.p999, response.max, service.p99],
    ]),
  );

function poisonTable({ poison, fleet }: FloodReport): string {
  const restarts = Object.entries(fleet.restarts).map(([name, times]) => `${name} ${times}`);
  const rows = poison.map(({ kind, what, sent, accounted, end, reasons }) => [
    ...[kind, what, sent, `${accounted} ${end}`, Object.keys(reasons)[0] ?? ''],
  ]);
  return `${grid(['poison', 'what it is', 'sent', 'accounted for', 'for instance'], rows)}<p>Started again: ${escaped(restarts.join(', ') || 'nobody')}. Afterwards ${fleet.notReady.length === 0 ? 'all were ready' : `not ready: ${escaped(fleet.notReady.join(', '))}`}.</p>`;
}

function auditTables({ audit }: FloodReport): string {
  const listed = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .filter(([, n]) => n > 0)
      .map(([what, n]) => `${count(n)} ${what}`)
      .join(', ') || 'none';
  const findings = audit.findings.map(({ code, subject, expected, found }) => [code, subject, expected, found]);
  return `<p>Ended: ${escaped(listed(audit.terminalStates))}.<br>Compared: ${escaped(listed(audit.checked))}.</p>${
    findings.length > 0 ? grid(['finding', 'of', 'expected', 'found'], findings) : ''
  }${audit.unchecked.map(({ what, why }) => `<p>Not checked: ${escaped(`${what}: ${why}`)}</p>`).join('')}`;
}

/** What could not be seen of a fleet of somebody else's, what was taken back, and what stays in it. */
function guestLists({ flooded, cleanedUp }: FloodReport): string {
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? '' : `<p>${title}</p><ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`;
  return (
    list(
      'Not visible from where the load stood:',
      flooded.notVisible.map(({ what, why }) => `${what}: ${why}`),
    ) +
    list('Taken back:', cleanedUp?.takenBack ?? ['nothing: cleaning up did not come to its end']) +
    list('Stays there:', cleanedUp?.stays ?? [])
  );
}

/** Numbers to the right, so that they can be compared by eye. */
function grid(heads: readonly string[], rows: readonly (readonly Cell[])[], otherwise = ''): string {
  if (rows.length === 0) return `<p>${escaped(otherwise)}</p>`;
  const cell = (value: Cell) =>
    typeof value === 'number' ? `<td class="n">${count(value)}</td>` : `<td>${escaped(value)}</td>`;
  const isNumber = heads.map((_, at) => typeof rows[0]?.[at] === 'number');
  const head = heads.map((name, at) => `<th${isNumber[at] ? ' class="n"' : ''}>${escaped(name)}</th>`).join('');
  return `<div class="wide"><table><tr>${head}</tr>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</table></div>`;
}

const section = (title: string, more: string, content: string): string =>
  `<section><h2>${escaped(title)} <small>${escaped(more)}</small></h2>${content}</section>`;

const style = `:root{color-scheme:light dark;--ink:light-dark(#1b1f24,#e4e7eb);--soft:light-dark(#5b636d,#9aa3ad);
--line:light-dark(#dfe3e8,#333a42);--panel:light-dark(#f6f8fa,#1d2228);--paper:light-dark(#fff,#14181c);--good:light-dark(#1a7f37,#4ac26b);--bad:light-dark(#b42318,#ff7b6b)}
body{font:15px/1.5 system-ui,sans-serif;max-width:58rem;margin:2rem auto;padding:0 1rem;color:var(--ink);background:var(--paper)}
header{display:grid;grid-template-columns:1fr auto;align-items:center}header p{margin:0;color:var(--soft)}h1{font-size:1.6rem;margin:0}
.verdict{grid-row:1/3;grid-column:2;font-weight:600;padding:.3rem 1rem;border-radius:2rem;border:2px solid}
header .good{color:var(--good)}header .bad{color:var(--bad)}ul.bad{grid-column:1/3}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.7rem;margin:1.5rem 0}.tiles div{background:var(--panel);border-radius:.5rem;padding:.6rem .9rem}
.tiles b{display:block;font-weight:500;color:var(--soft);font-size:.85rem}.tiles strong{display:block;font-size:1.6rem;line-height:1.3}.tiles span{font-size:.8rem;color:var(--soft)}
small{font-weight:400;color:var(--soft);font-size:.85rem}section{margin-top:2.2rem;break-inside:avoid}h2{font-size:1.1rem;border-bottom:1px solid var(--line);padding-bottom:.3rem}
.key{margin:.3rem 0;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;font-size:.85rem}.key i{display:inline-block;width:.8rem;height:.8rem;border-radius:.2rem;margin-right:.4rem;vertical-align:-.05rem}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.87rem;font-variant-numeric:tabular-nums}td,th{text-align:left;padding:.25rem 1.2rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:500}.n{text-align:right}svg{width:100%;height:auto}footer{margin:3rem 0 1rem;color:var(--soft);font-size:.85rem}`;
