import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '@ge/database';
import type { RehearsalOptions } from './rehearsal.ts';

const openStates = `'requested', 'claimed', 'sent', 'unknown', 'voiding'`;
/** After the faults everything has to end within this; the horizons and pauses of a rehearsal are seconds. */
const resolvedWithinMs = 60_000;

/** How many labels stand where. */
export interface Standing {
  readonly bought: number;
  readonly open: number;
  /** Asked for and never sent. */
  readonly unsent: number;
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
    const standing = await patiently(() => standingOf(database));
    onProgress?.(standing.bought, standing.open);
    if (holds(standing)) return;
    await wait(200);
  }
}

async function standingOf(database: Database): Promise<Standing> {
  const [row] = await database.query<Record<keyof Standing, number>>(
    `select count(*) filter (where state = 'purchased')::int as bought, count(*) filter (where state in (${openStates}))::int as open,
            count(*) filter (where state in ('requested', 'claimed') and sent_at is null)::int as unsent from label_purchases`,
  );
  return row!;
}

/** PostgreSQL is shut down and started again all the time. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let times = 1; ; times += 1) {
    try {
      return await ask();
    } catch (error) {
      if (times === 60) throw error;
      await wait(250);
    }
  }
}

/** Seconds until no label is open any more, or until that has taken too long. */
export async function untilNoneIsOpen(database: Database, watched: Watched): Promise<number> {
  const begun = performance.now();
  const isOver = () => performance.now() - begun > resolvedWithinMs;
  await until(database, watched, ({ open }) => open === 0 || isOver());
  return (performance.now() - begun) / 1_000;
}
