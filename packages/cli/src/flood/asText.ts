import { reportText } from '@ge/audit';
import type { FloodReport } from '@ge/load';
import { table } from '../table.ts';

/** A flood's report for a terminal: what was sent, how long it took, where the time went, what held it back, the audit. */
export function asText(report: FloodReport, failures: readonly string[]): string {
  const { latency, phases, backlog, generator } = report;
  const ms = (value: number) => `${Math.round(value * 10) / 10}`;
  const times = [
    ['all', latency.response, latency.service] as const,
    ...Object.entries(latency.byKind).map(([kind, timed]) => [kind, timed.response, timed.service] as const),
  ];
  return [
    ...kneeText(report.knee),
    '',
    ...loadText(report.load),
    '',
    report.asked.arrivals === 'closed'
      ? 'Milliseconds from each start, which waited for the answer before it: a slow fleet was asked less often'
      : 'Milliseconds from the planned start (service: from the actual one)',
    table(
      ['of', 'n', 'p50', 'p90', 'p99', 'p99.9', 'max', 'service p99'],
      times.map(([kind, response, service]) => [
        kind,
        String(response.n),
        ...[response.p50, response.p90, response.p99, response.p999, response.max, service.p99].map(ms),
      ]),
    ),
    ...(latency.valid
      ? []
      : [`These times are not the fleet's: the generator was busy ${Math.round(generator.busy * 100)} % of the time.`]),
    ...tableOf(
      'From acceptance to the end of everything that followed, in milliseconds',
      ['operation', 'n', 'p50', 'p99', 'max'],
      phases.operations.map(({ kind, n, p50, p99, max }) => [kind, n, p50, p99, max]),
    ),
    ...tableOf(
      'Where jobs spent their time, in milliseconds on average',
      ['job', 'n', 'accepted → queued', 'queued → started', 'started → done', 'jobs a batch', 'accepted → done'],
      phases.jobs.map((job) => [
        ...[job.job, job.n, job.unsentMs, job.queuedMs, job.batchMs, job.jobsPerBatch, job.acceptedToDoneMs],
      ]),
    ),
    '',
    `Backlog: ${backlog.most} at most, drained in ${(backlog.drainMs / 1_000).toFixed(1)} s after the last answer`,
    `Binding: ${report.binding.resource}`,
    ...report.binding.evidence.map((line) => `  ${line}`),
    ...report.objectives.map(
      ({ objective, foundMs, met }) => `Objective ${objective}: ${foundMs} ms, ${met ? 'met' : 'not met'}`,
    ),
    '',
    ...poisonText(report),
    reportText(report.audit),
    ...guestText(report),
    ...(failures.length > 0 ? ['', ...failures.map((failure) => `Failed: ${failure}`)] : []),
  ].join('\n');
}

function loadText({ started, rate, dropped, outcomes, notAccepted }: FloodReport['load']): string[] {
  const { accepted, refused, overloaded, maybe } = outcomes;
  const reasons = Object.entries(notAccepted)
    .sort(([, a], [, b]) => b - a)
    .map(([code, times]) => `${times} ${code}`);
  return [
    `${started} starts, ${rate}/s: ${accepted} accepted, ${refused} refused by a rule, ${overloaded} sent away for load, ` +
      `${maybe} without an answer, ${dropped} dropped`,
    ...(reasons.length > 0 ? [`  not accepted: ${reasons.join(', ')}`] : []),
  ];
}

/** What was flooded besides a fleet of its own: what could not be seen of it, what was taken back, what stays there. */
function guestText({ flooded, cleanedUp }: FloodReport): string[] {
  return [
    ...(flooded.notVisible.length > 0 ? ['', 'Not visible from here'] : []),
    ...flooded.notVisible.map(({ what, why }) => `  ${what}: ${why}`),
    ...(cleanedUp ? ['', `Taken back: ${cleanedUp.takenBack.join(', ') || 'nothing'}`, 'Stays there'] : []),
    ...(cleanedUp?.stays.map((line) => `  ${line}`) ?? []),
  ];
}

/** A table with its title and an empty line before it; nothing where it has no rows. */
const tableOf = (
  title: string,
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): readonly string[] =>
  rows.length === 0
    ? []
    : [
        '',
        title,
        table(
          heads,
          rows.map((row) => row.map(String)),
        ),
      ];

/** What became of the poison, and what it cost the fleet. */
function poisonText({ poison, fleet }: FloodReport): string[] {
  const restarts = Object.entries(fleet.restarts).map(([name, times]) => `${name} ${times}`);
  const started = restarts.length > 0 ? [`Started again: ${restarts.join(', ')}`, ''] : [];
  if (poison.length === 0) return started;
  const rows = poison.map(({ kind, sent, end, accounted, reasons }) => [
    kind,
    String(sent),
    `${accounted} ${end}`,
    Object.keys(reasons)[0]!.slice(0, 70),
  ]);
  return [
    'Poison and what became of it',
    table(['poison', 'sent', 'accounted for', 'for instance'], rows),
    '',
    ...started,
  ];
}

/** Throughput against latency, a line for each rate; the longest bar is the slowest p99, by its logarithm. */
function kneeText(knee: FloodReport['knee']): string[] {
  if (!knee) return [];
  const longest = Math.log10(1 + Math.max(...knee.steps.map(({ p99 }) => p99)));
  const rows = knee.steps.map(({ rate, answered, p50, p99, max, drainMs, held, why }) => [
    ...[rate, answered, Math.round(p50), Math.round(p99), Math.round(max)].map(String),
    (drainMs / 1_000).toFixed(1),
    '█'.repeat(Math.max(1, Math.round((Math.log10(1 + p99) / longest) * 24))),
    held ? (rate === knee.rate ? 'holds: the knee' : 'holds') : why!,
  ]);
  const asked = knee.objectives.join(', ');
  return [
    '',
    knee.rate === null ? `No rate held ${asked}.` : `Knee: ${knee.rate} starts per second hold ${asked}.`,
    table(['starts/s', 'answered/s', 'p50', 'p99', 'max ms', 'drained s', 'p99, by its logarithm', ''], rows),
    ...(knee.rate === null ? [] : ['', `What follows is of the load at ${knee.rate}/s.`]),
  ];
}
