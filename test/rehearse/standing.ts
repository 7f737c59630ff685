import { setTimeout as wait } from 'node:timers/promises';
import { ApiProblem } from '@ge/api';
import { reclaimCharge, voidLabel } from '@ge/contracts';
import type { Database } from '@ge/database';
import type { RehearsalOptions } from './rehearsal.ts';

const openStates = `'requested', 'claimed', 'sent', 'unknown', 'voiding'`;
/** After the faults everything has to end within this; the horizons and pauses of a rehearsal are seconds. */
const resolvedWithinMs = 60_000;

/** How many labels stand where. */
export interface Standing {
  readonly bought: number;
  readonly open: number;
  /** Charges beside those of labels that are asked back, and not answered. */
  readonly reclaims: number;
  /** Asked for and never sent. */
  readonly unsent: number;
  /** Items of batches that no label was asked for yet. */
  readonly waiting: number;
}

type Watched = Pick<RehearsalOptions, 'stopping' | 'onProgress'>;

/** Looks until the labels stand so. @throws the reason of `stopping` where it is aborted */
export async function until(
  database: Database,
  { stopping, onProgress }: Watched,
  holds: (standing: Standing) => boolean,
): Promise<void> {
  for (;;) {
    stopping?.throwIfAborted();
    const standing = await patiently(async () => {
      await letRefundsFallDue(database);
      return standingOf(database);
    });
    onProgress?.(standing.bought, standing.open);
    if (holds(standing)) return;
    await wait(200);
  }
}

async function standingOf(database: Database): Promise<Standing> {
  const [row] = await database.query<Record<keyof Standing, number>>(
    `select count(*) filter (where state = 'purchased')::int as bought, count(*) filter (where state in (${openStates}))::int as open,
            count(*) filter (where state in ('requested', 'claimed') and sent_at is null)::int as unsent,
            (select count(*)::int from label_batch_items where state = 'waiting') as waiting,
            (select count(*)::int from charge_reclaims where state in ('requested', 'sent')) as reclaims
       from label_purchases`,
  );
  return row!;
}

/** A carrier that has taken a refund in is asked hours later whether it was given: here they pass at once. */
const letRefundsFallDue = (database: Database): Promise<unknown> =>
  database.query(
    `update messages set due_at = now() where id in (
       select id from messages where name = any($1::text[]) and state = 'ready' and due_at > now() + interval '1 hour' for update skip locked)`,
    [[voidLabel.name, reclaimCharge.name]],
  );

/** PostgreSQL is shut down and started again all the time, and carriers fail. What was refused is refused. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let times = 1; ; times += 1) {
    try {
      return await ask();
    } catch (error) {
      if (times === 60 || wasRefused(error)) throw error;
      await wait(250);
    }
  }
}

const wasRefused = (error: unknown): boolean =>
  error instanceof ApiProblem && error.problem.status < 500 && error.problem.status !== 409;

/** Seconds until no label is open any more, none has yet to be asked for and nothing is asked back, or until that has taken too long. */
export async function untilNoneIsOpen(database: Database, watched: Watched): Promise<number> {
  const begun = performance.now();
  const isOver = () => performance.now() - begun > resolvedWithinMs;
  await until(database, watched, ({ open, waiting, reclaims }) => open + waiting + reclaims === 0 || isOver());
  return (performance.now() - begun) / 1_000;
}
