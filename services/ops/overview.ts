import { queueNames } from '@ge/contracts';
import { type Database, type Pause, type QueueBacklog, readBacklog, readPauses } from '@ge/database';
import { countJobs, queueOfPart } from '@ge/queue';
import type { Clock } from '@ge/runtime';
import type { BoardQueue, ShownQueues } from './board/shownQueues.ts';
import { freshly } from './freshly.ts';
import { within } from './within.ts';

/** What Redis holds of one queue. */
export interface QueueWindow {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  /** All states by BullMQ's own names. */
  readonly counts: Readonly<Record<string, number>>;
  /** Paused in Redis, by the board: workers take nothing. */
  readonly paused: boolean;
}

export interface QueueOverview {
  readonly backlog: QueueBacklog;
  /** null while Redis does not answer. */
  readonly window: QueueWindow | null;
  /** In words, what keeps the queue from being worked; `running` when nothing does. */
  readonly states: readonly string[];
}

export interface Overview {
  readonly at: Date;
  readonly queues: readonly QueueOverview[];
  readonly pauses: readonly Pause[];
  readonly redisAnswers: boolean;
}

const redisPatienceMs = 3_000;

/** Reads the overview at most once a second, however many tabs and scrapes ask. Fails only when PostgreSQL does. */
export function overviewReader(database: Database, queues: ShownQueues, clock: Clock): () => Promise<Overview> {
  const partsOf = (queue: string) => queues.all.filter(({ name }) => queueOfPart(name) === queue);
  return freshly(async () => {
    const [backlogs, pauses, windows] = await Promise.all([
      readBacklog(database, queueNames, clock.now()),
      readPauses(database),
      Promise.all(queueNames.map((queue) => within(redisPatienceMs, readWindows(partsOf(queue))).catch(() => null))),
    ]);
    return {
      at: new Date(),
      pauses,
      redisAnswers: windows.every((window) => window !== null),
      queues: backlogs.map((backlog, index) => {
        const window = windows[index] ?? null;
        return { backlog, window, states: statesOf(backlog, window, pauses) };
      }),
    };
  }, 1_000);
}

/** Of a queue that is spread over several names: all of them together; paused where one of them is. */
async function readWindows(parts: readonly BoardQueue[]): Promise<QueueWindow> {
  const windows = await Promise.all(parts.map(readWindow));
  return windows.reduce((sum, one) => ({
    waiting: sum.waiting + one.waiting,
    active: sum.active + one.active,
    delayed: sum.delayed + one.delayed,
    failed: sum.failed + one.failed,
    counts: Object.fromEntries(
      Object.entries(sum.counts).map(([state, count]) => [state, count + (one.counts[state] ?? 0)]),
    ),
    paused: sum.paused || one.paused,
  }));
}

async function readWindow(queue: BoardQueue): Promise<QueueWindow> {
  const [counts, paused] = await Promise.all([countJobs(queue), queue.isPaused()]);
  const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
  return { waiting, active, delayed, failed, counts, paused };
}

function statesOf(backlog: QueueBacklog, window: QueueWindow | null, pauses: readonly Pause[]): string[] {
  const here = pauses.filter(({ queue }) => queue === backlog.queue || queue === '*');
  const sellers = here.filter(({ sellerId }) => sellerId !== '*').length;
  const states = [
    here.length > sellers && 'held back by the relay',
    sellers > 0 && `${sellers} ${sellers === 1 ? 'seller' : 'sellers'} held back`,
    window?.paused && 'paused on the board',
    !backlog.relayed && 'no relay holds it',
  ].filter((state) => typeof state === 'string');
  return states.length > 0 ? states : ['running'];
}
