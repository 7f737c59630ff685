import type { Action } from '../access.ts';

/**
 * Every call of the board's API, as the board itself names it, and what it is to us. A call that is not listed, for
 * instance one that a newer board brings, is refused.
 */
export const boardActions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['get /api/redis/stats', 'look'],
  ['get /api/queues', 'look'],
  ['get /api/job-schedulers', 'look'],
  ['get /api/queues/:queueName/metrics', 'look'],
  ['get /api/queues/:queueName/default-job-options', 'look'],
  ['get /api/queues/:queueName/workers', 'look'],
  ['get /api/queues/:queueName/rate-limit', 'look'],
  ['get /api/queues/:queueName/job-data-schema', 'look'],
  ['get /api/queues/:queueName/:jobId', 'look'],
  ['get /api/queues/:queueName/:jobId/logs', 'look'],
  ['get /api/queues/:queueName/:jobId/flow', 'look'],

  ['put /api/queues/:queueName/:jobId/retry', 'retry'],
  ['put /api/queues/:queueName/retry/:queueStatus', 'retry-all'],

  ['put /api/queues/pause', 'pause'],
  ['put /api/queues/resume', 'pause'],
  ['put /api/queues/:queueName/pause', 'pause'],
  ['put /api/queues/:queueName/resume', 'pause'],

  ['post /api/queues/:queueName/add', 'add'],
  ['put /api/queues/:queueName/job-schedulers/:schedulerId/run', 'add'],
  ['patch /api/queues/:queueName/:jobId/update-data', 'edit'],

  ['put /api/queues/:queueName/clean/:queueStatus', 'remove'],
  ['put /api/queues/:queueName/empty', 'remove'],
  ['put /api/queues/:queueName/obliterate', 'remove'],
  ['put /api/queues/:queueName/:jobId/clean', 'remove'],
  ['put /api/queues/:queueName/:jobId/remove-unprocessed-children', 'remove'],
  ['put /api/queues/:queueName/job-schedulers/:schedulerId/remove', 'remove'],

  ['put /api/queues/:queueName/promote', 'reschedule'],
  ['put /api/queues/:queueName/:jobId/promote', 'reschedule'],
  ['patch /api/queues/:queueName/:jobId/delay', 'reschedule'],
  ['patch /api/queues/:queueName/:jobId/priority', 'reschedule'],
  ['patch /api/queues/:queueName/job-schedulers/:schedulerId', 'reschedule'],

  ['put /api/queues/:queueName/concurrency', 'limit'],
  ['put /api/queues/:queueName/rate-limit', 'limit'],
  ['put /api/queues/:queueName/rate-limit/release', 'limit'],
]);
