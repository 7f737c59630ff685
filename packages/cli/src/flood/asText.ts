import { reportText } from '@ge/audit';
import type { FloodReport } from '@ge/load';
import { table } from '../table.ts';

/** A flood's report for a terminal: what was sent, how long it took, where the time went, what held it back, the audit. */
export function asText(report: FloodReport, failures: readonly string[]): string {
  const { load, latency, phases, backlog, binding, generator } = report;
  const ms = (value: number) => `${Math.round(value * 10) / 10}`;
  const times = [
    ['all', latency.response, latency.service] as const,
    ...Object.entries(latency.byKind).map(([kind, timed]) => [kind, timed.response, timed.service] as const),
  ];
  const { accepted, refused, overloaded, maybe } = load.outcomes;
  return [
    ...kneeText(report.knee),
    '',
    `${load.started} starts, ${load.rate}/s: ${accepted} accepted, ${refused} refused by a rule, ${overloaded} sent away for load, ` +
      `${maybe} without an answer, ${load.dropped} dropped`,
    '',
    'Milliseconds from the planned start (service: from the actual one)',
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
    '',
    'From acceptance to the end of everything that followed, in milliseconds',
    table(
      ['operation', 'n', 'p50', 'p99', 'max'],
      phases.operations.map(({ kind, n, p50, p99, max }) => [kind, n, p50, p99, max].map(String)),
    ),
    '',
    'Where jobs spent their time, in milliseconds on average',
    table(
      ['job', 'n', 'accepted → queued', 'queued → started', 'started → done', 'jobs a batch', 'accepted → done'],
      phases.jobs.map((job) =>
        [job.job, job.n, job.unsentMs, job.queuedMs, job.batchMs, job.jobsPerBatch, job.acceptedToDoneMs].map(String),
      ),
    ),
    '',
    `Backlog: ${backlog.most} at most, drained in ${(backlog.drainMs / 1_000).toFixed(1)} s after the last answer`,
    `Binding: ${binding.resource} (${binding.evidence.join('; ')})`,
    ...report.objectives.map(
      ({ objective, foundMs, met }) => `Objective ${objective}: ${foundMs} ms, ${met ? 'met' : 'not met'}`,
    ),
    '',
    ...poisonText(report),
    reportText(report.audit),
    ...(failures.length > 0 ? ['', ...failures.map((failure) => `Failed: ${failure}`)] : []),
  ].join('\n');
}

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
