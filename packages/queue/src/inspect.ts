import { Queue } from 'bullmq';
import { prefixOf, type QueueConnection, type QueueSpace } from './connection.ts';
import { partsOf } from './parts.ts';

/**
 * Queue objects of the catalogue for a board and for metrics, one for each name that a queue is spread over; they neither
 * send nor run anything by themselves.
 */
export function boardQueues(space: QueueSpace, queues: readonly string[], connection: QueueConnection): Queue[] {
  const names = queues.flatMap((queue) => partsOf(queue, space.parts));
  return names.map((name) => {
    const queue = new Queue(name, {
      connection,
      prefix: prefixOf(space, name),
      skipVersionCheck: true,
      // Who only looks must not write its own settings (length of the event stream) over the sender's.
      skipMetasUpdate: true,
    });
    queue.on('error', () => undefined);
    return queue;
  });
}

/** Jobs by state, for instance `{ waiting: 3, active: 1 }`. */
export const countJobs = (queue: Queue): Promise<Record<string, number>> =>
  queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized', 'failed', 'waiting-children');
