import type { Database } from '../database.ts';

/** A process that takes jobs from a queue, and from how many of the names that the queue may be spread over. */
export interface QueueTaker {
  readonly queue: string;
  readonly names: number;
}

/** Says that a process takes from these queues, until `ttlMs` from now by the database's clock. Forgets the long silent. */
export async function announceTaker(
  database: Database,
  process: string,
  taken: readonly QueueTaker[],
  ttlMs: number,
): Promise<void> {
  await database.query(
    `with forgotten as (delete from queue_takers where until < now() - interval '1 hour' and process <> $1)
     insert into queue_takers (process, queue, names, until)
     select $1, queue, names, now() + $4 * interval '1 millisecond' from unnest($2::text[], $3::int[]) as t(queue, names)
      order by queue
     on conflict (queue, process) do update set names = excluded.names, until = excluded.until`,
    [process, taken.map(({ queue }) => queue), taken.map(({ names }) => names), ttlMs],
  );
}

/** What a process that stops says last. */
export async function withdrawTaker(database: Database, process: string): Promise<void> {
  await database.query('delete from queue_takers where process = $1', [process]);
}

/** Those that take jobs now, as far as they have said so lately. */
export function readTakers(database: Database): Promise<QueueTaker[]> {
  return database.query<QueueTaker>(
    'select queue, names from queue_takers where until > now() order by queue, process',
  );
}
