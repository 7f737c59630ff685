import { boardQueues, failingConnection, prefixOf, type QueueSpace } from '@ge/queue';
import { shuffled } from './random.ts';

/** Deletes this share of the jobs' own keys in these queues, whatever state they are in, drawn by the run's seed. Returns how many. */
export async function deleteJobKeys(space: QueueSpace, queues: readonly string[], share: number): Promise<number> {
  const redis = failingConnection(space);
  try {
    const jobs: string[] = [];
    for (const queue of queues) {
      const keys = await redis.keys(`${prefixOf(space, queue)}:${queue}:*`);
      jobs.push(...keys.filter((key) => /:(\d+-\d+|\d+-from-\d+-\d+-[0-9a-f]+)$/.test(key)));
    }
    const victims = shuffled(jobs.sort()).slice(0, Math.ceil(jobs.length * share));
    return victims.length > 0 ? await redis.unlink(...victims) : 0;
  } finally {
    redis.disconnect();
  }
}

/** How many jobs lie in Redis that nobody has taken. */
export async function waitingJobs(space: QueueSpace, queues: readonly string[]): Promise<number> {
  const redis = failingConnection(space);
  const boards = boardQueues(space, queues, redis);
  try {
    const counts = await Promise.all(boards.map((board) => board.getWaitingCount()));
    return counts.reduce((sum, count) => sum + count, 0);
  } finally {
    await Promise.all(boards.map((board) => board.close()));
    redis.disconnect();
  }
}
