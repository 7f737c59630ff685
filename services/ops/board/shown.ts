import { createHash } from 'node:crypto';
import type {
  AppJob,
  AppJobScheduler,
  ControllerHandlerReturnType,
  HookContext,
  QueueJobJson,
} from '@bull-board/api/typings/app';
import { contractByName } from '@ge/contracts';
import { pointerOf } from '@ge/queue';

/**
 * What the board may show. A job of the fleet carries nothing personal, but anyone who can write to Redis can put
 * anything there, so everything shown is picked or rebuilt here and the rest is left out.
 */
const shownName = (name: string): string => (contractByName.has(name) ? name : 'not a job of the catalogue');

const plainId = /^[A-Za-z0-9_.-]{1,80}$/;

/** An id of the known kind as it is, another one as a hash: it may say anything. */
export function shownId(id: unknown): string {
  const text = String(id ?? '');
  return plainId.test(text) ? text : `hidden-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}

/** Of a pointer its seller, of a job without a row also its day; never a payload. */
export function shownData(data: unknown): Readonly<Record<string, string>> {
  if (typeof data !== 'object' || data === null) return {};
  const { s, sellerId, day, payload } = data as Record<string, unknown>;
  return {
    ...((typeof s === 'string' || typeof sellerId === 'string') && { seller: shownId(s ?? sellerId) }),
    ...(typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) && { day }),
    ...(payload !== undefined && { payload: 'not shown' }),
  };
}

/** The first line of a reason, without what looks like an address of a person or a long number. */
export function shownReason(reason: unknown): string | undefined {
  if (typeof reason !== 'string' || reason === '') return undefined;
  return reason
    .split('\n', 1)[0]!
    .slice(0, 300)
    .replace(/[^\s@<>"'(]+@[^\s@<>"')]+/g, '…@…')
    .replace(/\+?\d[\d\s().-]{8,}\d/g, '…');
}

const numbersOf = (options: Record<string, unknown>, names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.flatMap((name) => (typeof options[name] === 'number' ? [[name, options[name]]] : [])));

/** A job with the fields that are shown; name, data, progress and return value were formatted before. */
function shownJob(job: AppJob): AppJob {
  const { timestamp, processedOn, finishedOn, attempts, delay, name, data, isFailed } = job;
  const { attemptsStarted, stalledCounter, priority } = job;
  const reason = shownReason(job.failedReason);
  return {
    id: shownId(job.id),
    name,
    data,
    timestamp,
    attempts,
    isFailed,
    progress: 0,
    returnValue: null,
    stacktrace: [],
    opts: numbersOf(job.opts as Record<string, unknown>, ['attempts', 'delay', 'priority']),
    failedReason: reason ?? '',
    // The way from a pointer on the board to what its message waits for.
    ...(pointerOf(String(job.id ?? '')) && {
      externalUrl: { displayText: 'Why?', href: `/why?id=${shownId(job.id)}` },
    }),
    ...(processedOn !== undefined && { processedOn }),
    ...(finishedOn !== undefined && { finishedOn }),
    ...(delay !== undefined && { delay }),
    ...(attemptsStarted !== undefined && { attemptsStarted }),
    ...(stalledCounter !== undefined && { stalledCounter }),
    ...(priority !== undefined && { priority }),
  } as AppJob;
}

/** A job scheduler: the fleet has none, so one that is there was made by somebody else, with names of their own. */
const shownScheduler = (scheduler: AppJobScheduler): AppJobScheduler => ({
  ...numbersOf(scheduler, ['every', 'limit', 'startDate', 'endDate', 'next', 'iterationCount', 'lastRun']),
  id: shownId(scheduler.id),
  name: shownName(scheduler.name),
  queueName: scheduler.queueName,
});

type Answer = ControllerHandlerReturnType;

/** Rebuilds the answers that carry jobs; logs and flow trees, which no job of the fleet has, are left empty. */
const rebuilt: Readonly<Record<string, (body: never, jobId: string) => unknown>> = {
  '/api/queues': ({ queues }: { queues: { jobs: AppJob[] }[] }) => ({
    queues: queues.map((queue) => ({ ...queue, jobs: queue.jobs.map(shownJob) })),
  }),
  '/api/queues/:queueName/:jobId': ({ job, status }: { job: AppJob; status: string }) => ({
    job: shownJob(job),
    status,
  }),
  '/api/queues/:queueName/:jobId/logs': () => [],
  '/api/queues/:queueName/:jobId/flow': (_, jobId) => ({ nodeId: shownId(jobId), flowRoot: null, isFlowNode: false }),
  '/api/job-schedulers': ({ schedulers }: { schedulers: AppJobScheduler[] }) => ({
    schedulers: schedulers.map(shownScheduler),
  }),
};

export function shownAnswer({ method, route, request }: HookContext, answer: Answer): Answer {
  const rebuild = method === 'get' ? rebuilt[route] : undefined;
  const refused = typeof answer.body === 'object' && 'error' in answer.body;
  if (!rebuild || refused) return answer;
  return { ...answer, body: rebuild(answer.body as never, String(request.params.jobId ?? '')) as Answer['body'] };
}

export const nameOf = (job: Pick<QueueJobJson, 'name'>): string => shownName(job.name);
