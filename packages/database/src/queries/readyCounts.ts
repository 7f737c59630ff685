import type { Database } from '../database.ts';

/** How much is ready in a queue, counted no further than asked. */
export interface ReadyCount {
  readonly queue: string;
  readonly ready: number;
  /** Sellers who alone have more than the bound for one seller. */
  readonly flooding: readonly string[];
}

/**
 * Counts what is ready in these queues, at most `countedAtMost` messages of each: those without a due time, by one index.
 * A queue without any is left out.
 */
export async function readReadyCounts(
  database: Database,
  queues: readonly string[],
  bounds: { readonly countedAtMost: number; readonly perSeller: number },
): Promise<ReadyCount[]> {
  const rows = await database.query<{ queue: string; ready: string; flooding: string[] }>(
    `with counted as (
       select asked.queue, m.seller_id, count(*) as messages
         from unnest($1::text[]) as asked(queue)
        cross join lateral (
          select seller_id from messages
           where queue = asked.queue and state = 'ready' and due_at is null
           order by seller_id, id limit $2) as m
        group by asked.queue, m.seller_id)
     select queue, sum(messages) as ready,
            coalesce(array_agg(seller_id) filter (where messages >= $3), '{}') as flooding
       from counted group by queue`,
    [queues, bounds.countedAtMost, bounds.perSeller],
  );
  return rows.map(({ queue, ready, flooding }) => ({ queue, ready: Number(ready), flooding }));
}
