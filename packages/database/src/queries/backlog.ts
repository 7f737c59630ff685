import type { Database } from '../database.ts';

/** What PostgreSQL owes to one queue. */
export interface QueueBacklog {
  readonly queue: string;
  /** To be run now: sent, or waiting for a place in the window. */
  readonly ready: number;
  /** To be run when their time comes: snoozed, waiting for another attempt, or ordered for later. */
  readonly due: number;
  /** Given up; nothing happens to them by themselves. */
  readonly dead: number;
  /** Seconds that the longest waiting ready message waits: since it was accepted, or since it should have become ready. */
  readonly oldestSeconds: number;
  /** Who is owed the most, most first; `-` is programme-wide work. */
  readonly topSellers: readonly { readonly sellerId: string; readonly owed: number }[];
  /** False when no relay holds the queue: then nothing is sent to it. */
  readonly relayed: boolean;
}

/**
 * The backlog of these queues, in their order, those that are owed nothing included. Reads every message once: for
 * people and scrapes, never for the way of a job. `now` is the programme's time, which due messages are judged by.
 */
export async function readBacklog(
  database: Database,
  queues: readonly string[],
  now: Date,
  topSellers = 3,
): Promise<QueueBacklog[]> {
  const rows = await database.query<{
    queue: string;
    ready: string;
    due: string;
    dead: string;
    oldest: string | null;
    top: { sellerId: string; owed: number }[];
    relayed: boolean;
  }>(
    `with per_seller as (
       select queue, seller_id,
              count(*) filter (where state = 'ready' and (due_at is null or due_at <= $2)) as ready,
              count(*) filter (where state = 'ready' and due_at > $2) as due,
              count(*) filter (where state = 'dead') as dead,
              greatest(extract(epoch from now() - min(coalesce(ready_at, created_at)) filter (where state = 'ready' and due_at is null)),
                       extract(epoch from $2 - min(due_at) filter (where state = 'ready' and due_at <= $2))) as oldest
         from messages where queue = any($1::text[]) group by queue, seller_id),
     placed as (
       select *, row_number() over (partition by queue order by ready + due desc, seller_id) as place from per_seller)
     select asked.queue,
            coalesce(sum(ready), 0) as ready, coalesce(sum(due), 0) as due, coalesce(sum(dead), 0) as dead,
            max(oldest) as oldest,
            coalesce(json_agg(json_build_object('sellerId', seller_id, 'owed', ready + due) order by place)
                       filter (where place <= $3 and ready + due > 0), '[]') as top,
            exists (select from relay_lease l where l.queue = asked.queue and l.until > now()) as relayed
       from unnest($1::text[]) with ordinality as asked(queue, rank)
       left join placed on placed.queue = asked.queue
      group by asked.queue, asked.rank order by asked.rank`,
    [queues, now, topSellers],
  );
  return rows.map((row) => ({
    queue: row.queue,
    ready: Number(row.ready),
    due: Number(row.due),
    dead: Number(row.dead),
    oldestSeconds: Math.max(0, Number(row.oldest ?? 0)),
    topSellers: row.top,
    relayed: row.relayed,
  }));
}

/** What the relay holds back. */
export interface Pause {
  /** `*` = every queue. */
  readonly queue: string;
  /** `*` = every seller. */
  readonly sellerId: string;
  readonly reason: string;
  readonly createdAt: Date;
}

/** The pauses in force, at most `limit`, those of whole queues first; the oldest first among equals. */
export async function readPauses(database: Database, limit = 200): Promise<Pause[]> {
  const rows = await database.query<{ queue: string; seller_id: string; reason: string; created_at: string }>(
    `select queue, seller_id, reason, created_at from pauses
      order by seller_id <> '*', created_at, queue, seller_id limit $1`,
    [limit],
  );
  return rows.map((row) => ({
    queue: row.queue,
    sellerId: row.seller_id,
    reason: row.reason,
    createdAt: new Date(row.created_at),
  }));
}

/** Whether a message is owed, given up, or no longer there, and under which turn. */
export async function readMessageTurn(
  database: Database,
  id: number,
): Promise<{ readonly state: 'ready' | 'dead'; readonly gen: number } | null> {
  const rows = await database.query<{ state: 'ready' | 'dead'; gen: number }>(
    'select state, gen from messages where id = $1',
    [id],
  );
  return rows[0] ?? null;
}
