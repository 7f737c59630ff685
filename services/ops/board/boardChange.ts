import type { HookContext } from '@bull-board/api/typings/app';
import { contractByName } from '@ge/contracts';
import type { Action } from '../access.ts';
import { shownId } from './shown.ts';

/** One write of the board as it is kept: what it is done to, how that was, and what was asked for. Ids and numbers only. */
export interface BoardChange {
  readonly action: string;
  readonly target: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

type Queues = HookContext['request']['queues'];
type Queue = NonNullable<ReturnType<Queues['get']>>;

/** What a write is about to do, read before it is done. A call to all queues leaves those out that are for looking only. */
export async function boardChange(
  { route, request }: HookContext,
  action: Action,
  isReadOnly: (queue: string) => boolean,
): Promise<BoardChange> {
  const { queueName, jobId, queueStatus } = request.params as Record<string, string | undefined>;
  // `put /api/queues/:queueName/:jobId/clean` → `board.clean`
  const call = `board.${route.split('/').findLast((part) => !part.startsWith(':'))}`;
  const queue = queueName === undefined ? undefined : request.queues.get(queueName);
  if (queueName === undefined)
    return { action: call, target: '*', ...(await everyPause(request.queues, route, isReadOnly)) };
  if (!queue) return { action: call, target: 'unknown', before: {}, after: {} };
  if (jobId !== undefined) {
    return { action: call, target: `${queueName}/${shownId(jobId)}`, before: await jobAsItIs(queue, jobId), after: {} };
  }
  const status =
    queueStatus === undefined ? {} : { state: /^[a-z-]{1,30}$/.test(queueStatus) ? queueStatus : 'unknown' };
  if (action === 'pause') {
    const paused = route.endsWith('/pause');
    return { action: call, target: queueName, before: { paused: await queue.isPaused() }, after: { paused } };
  }
  const before = action === 'limit' ? await limitsOf(queue) : await queue.getJobCounts();
  return {
    action: call,
    target: queueName,
    before: pickNumbers(before),
    after: { ...status, ...pickNumbers(request.body) },
  };
}

async function everyPause(queues: Queues, route: string, isReadOnly: (queue: string) => boolean) {
  const meant = [...queues].filter(([name]) => !isReadOnly(name));
  const before = await Promise.all(meant.map(async ([name, queue]) => [name, await queue.isPaused()] as const));
  const paused = route.endsWith('/pause');
  return { before: { paused: Object.fromEntries(before) }, after: { paused } };
}

async function jobAsItIs(queue: Queue, jobId: string): Promise<Record<string, unknown>> {
  const job = await queue.getJob(jobId);
  if (!job) return { state: 'gone' };
  const { name } = job.toJSON();
  return { state: await job.getState(), ...(contractByName.has(name) && { job: name }) };
}

const limitsOf = async (queue: Queue): Promise<Record<string, unknown>> => ({
  concurrency: await queue.getGlobalConcurrency(),
});

const pickNumbers = (values: unknown): Record<string, number> =>
  Object.fromEntries(
    Object.entries(typeof values === 'object' && values !== null ? values : {}).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && /^[A-Za-z-]{1,30}$/.test(entry[0]),
    ),
  );
