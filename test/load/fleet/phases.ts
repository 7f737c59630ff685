import type { Database } from '@ge/database';

/** Of one kind of command: from its acceptance to its end, with everything that follows from it. Milliseconds. */
export interface OperationTimes {
  readonly kind: string;
  readonly n: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** How long operations begun since then took, by kind, by the database's own account. */
export async function operationTimes(database: Database, since: Date): Promise<OperationTimes[]> {
  return database.query<OperationTimes>(
    `select kind, count(*)::int as n,
            round(percentile_cont(0.5) within group (order by ms))::int as p50,
            round(percentile_cont(0.99) within group (order by ms))::int as p99,
            round(max(ms))::int as max
       from (select kind, extract(epoch from closed_at - created_at) * 1000 as ms
               from operations where created_at >= $1 and state = 'closed') as ended
      group by kind order by n desc`,
    [since],
  );
}

/** The same of operations that were looked at one by one. */
export function timesByKind(ended: readonly { readonly kind: string; readonly ms: number }[]): OperationTimes[] {
  const times = [...Map.groupBy(ended, ({ kind }) => kind)].map(([kind, all]) => {
    const inOrder = all.map(({ ms }) => ms).sort((a, b) => a - b);
    const at = (share: number) => Math.round(inOrder[Math.max(0, Math.ceil(share * inOrder.length) - 1)]!);
    return { kind, n: inOrder.length, p50: at(0.5), p99: at(0.99), max: at(1) };
  });
  return times.sort((a, b) => b.n - a.n);
}

/** Sums that the workers keep since they began, by job: how long it waited for the relay and in Redis, and how long its batches ran. */
export interface JobSums {
  readonly unsent: number;
  readonly unsentSeconds: number;
  readonly waited: number;
  readonly waitedSeconds: number;
  readonly ended: number;
  readonly endedSeconds: number;
  readonly batches: number;
  readonly batchJobs: number;
  readonly batchSeconds: number;
}

const wanted = {
  ge_job_unsent_seconds_count: 'unsent',
  ge_job_unsent_seconds_sum: 'unsentSeconds',
  ge_job_wait_seconds_count: 'waited',
  ge_job_wait_seconds_sum: 'waitedSeconds',
  ge_job_end_to_end_seconds_count: 'ended',
  ge_job_end_to_end_seconds_sum: 'endedSeconds',
  ge_batch_jobs_count: 'batches',
  ge_batch_jobs_sum: 'batchJobs',
  ge_batch_seconds_sum: 'batchSeconds',
} as const satisfies Record<string, keyof JobSums>;

/** Reads those sums out of a text in Prometheus' format. */
export function jobSums(text: string): Map<string, JobSums> {
  const byJob = new Map<string, { -readonly [K in keyof JobSums]: number }>();
  for (const [, name, labels, value] of text.matchAll(/^(ge_\w+)\{([^}]*)\} (\S+)$/gm)) {
    const field = wanted[name as keyof typeof wanted];
    const job = /job="([^"]+)"/.exec(labels!)?.[1];
    if (!field || !job) continue;
    const sums = byJob.get(job) ?? {
      unsent: 0,
      unsentSeconds: 0,
      waited: 0,
      waitedSeconds: 0,
      ended: 0,
      endedSeconds: 0,
      batches: 0,
      batchJobs: 0,
      batchSeconds: 0,
    };
    sums[field] += Number(value);
    byJob.set(job, sums);
  }
  return byJob;
}

/** Where one kind of job spent its time, on average: until it was in Redis, there, in its batch, and from acceptance to end. */
export interface JobPhases {
  readonly job: string;
  readonly n: number;
  /** Accepted to queued; 0 for jobs that went straight into Redis. */
  readonly unsentMs: number;
  /** Queued to started. */
  readonly queuedMs: number;
  /** Started to done, of the whole batch. */
  readonly batchMs: number;
  readonly jobsPerBatch: number;
  readonly acceptedToDoneMs: number;
}

export function phasesBetween(before: ReadonlyMap<string, JobSums>, after: ReadonlyMap<string, JobSums>): JobPhases[] {
  const phases: JobPhases[] = [];
  for (const [job, now] of after) {
    const was = before.get(job);
    // A process that was started again counts from nothing.
    const grown = (field: keyof JobSums) => now[field] - (was && was[field] <= now[field] ? was[field] : 0);
    const mean = (sum: keyof JobSums, count: keyof JobSums) =>
      grown(count) === 0 ? 0 : Math.round((grown(sum) / grown(count)) * 10_000) / 10;
    if (grown('waited') === 0) continue;
    phases.push({
      job,
      n: grown('waited'),
      unsentMs: mean('unsentSeconds', 'unsent'),
      queuedMs: mean('waitedSeconds', 'waited'),
      batchMs: mean('batchSeconds', 'batches'),
      jobsPerBatch: Math.round((grown('batchJobs') / Math.max(1, grown('batches'))) * 10) / 10,
      acceptedToDoneMs: mean('endedSeconds', 'ended'),
    });
  }
  return phases.sort((a, b) => b.n - a.n);
}
