import type { Database } from '../database.ts';

/** A message that may be sent now. */
export interface Sendable {
  readonly id: number;
  readonly gen: number;
  readonly name: string;
  readonly sellerId: string;
}

/** Thousands of ids as one value: the driver would look at each of them for what is to be quoted. */
const listOf = (ids: Iterable<number>): string => `{${[...ids].join()}}`;

/** Greater than any id. */
const lastId = '9223372036854775807';

/** Takes or keeps the right to send to these queues until `ttlMs` from now, by the database's clock. Returns those it holds. */
export async function holdLeases(
  database: Database,
  queues: readonly string[],
  holder: string,
  ttlMs: number,
): Promise<string[]> {
  const rows = await database.query<{ queue: string }>(
    `insert into relay_lease (queue, holder, until)
     select queue, $2, now() + $3 * interval '1 millisecond' from unnest($1::text[]) as queue order by queue
     on conflict (queue) do update set holder = excluded.holder, until = excluded.until
      where relay_lease.holder = excluded.holder or relay_lease.until < now()
     returning queue`,
    [queues, holder, ttlMs],
  );
  return rows.map((row) => row.queue);
}

export async function releaseLeases(database: Database, holder: string): Promise<void> {
  await database.query('delete from relay_lease where holder = $1', [holder]);
}

/** Makes messages whose time has come ready for the windows. Returns how many. */
export async function promoteDue(database: Database, now: Date, limit: number): Promise<number> {
  const rows = await database.prepared<{ count: string }>(
    `with due as (
       select id from messages where state = 'ready' and due_at <= $1
          -- One entry of the index by time. Without it, statistics that know of no message for later yet make the planner
          -- read all of them by another index, whenever this is asked.
          and (select min(due_at) from messages where state = 'ready') <= $1
        order by due_at limit $2 for update skip locked),
          promoted as (
       -- As a list and not as a join, which may read all that is owed to find these.
       update messages m set due_at = null, ready_at = case when m.gen = 0 then $1 else m.ready_at end
        where m.id = any(array(select id from due)) returning 1)
     select count(*) from promoted`,
    [now, limit],
  );
  return Number(rows[0]?.count ?? 0);
}

/** Which of these queues are owed anything now, paused or not. One index entry each. */
export async function queuesOwed(database: Database, queues: readonly string[]): Promise<Set<string>> {
  const rows = await database.prepared<{ queue: string }>(
    // Not as `exists`, which may become a join that reads all that is owed.
    `select asked.queue from unnest($1::text[]) as asked(queue)
      where (select true from messages m where m.queue = asked.queue and m.state = 'ready' and m.due_at is null limit 1)`,
    [queues],
  );
  return new Set(rows.map((row) => row.queue));
}

/** One look at the sellers of a queue. */
export interface Look {
  readonly queue: string;
  /** The seller where the last look stopped; null = begin with the first one. */
  readonly afterSeller: string | null;
  /** Ids in the window already, and how many of each seller. */
  readonly inFlight: readonly number[];
  readonly heldBySeller: ReadonlyMap<string, number>;
  /** Share of the window that one seller may hold at most. */
  readonly perSeller: number;
  /** Messages of one seller in one look at most, so that those who take turns come close together. */
  readonly perLook: number;
  /** Sellers to pass, and messages to return, at most. */
  readonly sellers: number;
  readonly limit: number;
}

export interface Looked {
  readonly found: readonly Sendable[];
  /** The seller where the look stopped; null when it came to the end of the sellers. */
  readonly stoppedAt: string | null;
}

/**
 * The next messages for a queue's window: sellers in turn from `afterSeller` on (wrapping round is the caller's next
 * look), a few of each, oldest first, leaving out what is in the window already and whoever is paused.
 * Reads one index entry per seller and message, however long the backlog is and whoever is paused with it.
 */
export async function nextForWindow(database: Database, look: Look): Promise<Looked> {
  const rows = await database.prepared<{
    seller_id: string;
    place: number;
    id: string | null;
    gen: number;
    name: string;
  }>(
    `with recursive turn as (
       (select m.seller_id, 1 as place from messages m
         where m.queue = $1 and m.state = 'ready' and m.due_at is null
           -- Where nobody was before, also those of nobody, whose name is empty.
           and (m.seller_id, m.id) > ($2::text, $8::bigint)
           and not exists (select from pauses p where p.queue in ($1, '*') and p.seller_id = '*')
         order by m.seller_id, m.id limit 1)
       union all
       select (select m.seller_id from messages m
                where m.queue = $1 and m.state = 'ready' and m.due_at is null and m.seller_id > turn.seller_id
                order by m.seller_id limit 1), turn.place + 1
         from turn where turn.seller_id is not null and turn.place < $5)
     select turn.seller_id, turn.place, next.id, next.gen, next.name
       from turn
       left join lateral (
        select m.id, m.gen, m.name from messages m
         -- A range and not an equation: only the index by seller has that order. By id alone the planner would read its way
         -- through another seller's flood, wherever the statistics know of none but that one.
         where m.queue = $1 and m.seller_id between turn.seller_id and turn.seller_id and m.state = 'ready' and m.due_at is null
           -- Not as a list of values: of a prepared statement each of them would be compared with every row.
           and m.id not in (select unnest($3::bigint[]))
         order by m.seller_id, m.id
         -- Decided before the first message is read, so that whoever is paused costs no more than a look at the pauses.
         limit case
           when exists (select from pauses p where p.queue in ($1, '*') and p.seller_id = turn.seller_id) then 0
           else greatest(0, least($9::int, $4::int - coalesce(($7::jsonb -> turn.seller_id)::int, 0)))
         end) as next on true
      -- The last seller that was passed is told even when there is nothing to send for them: the next look goes on there.
      where turn.seller_id is not null and (next.id is not null or turn.place = $5)
      limit $6`,
    [
      look.queue,
      look.afterSeller ?? '',
      listOf(look.inFlight),
      look.perSeller,
      look.sellers,
      look.limit,
      JSON.stringify(Object.fromEntries(look.heldBySeller)),
      look.afterSeller === null ? -1 : lastId,
      look.perLook,
    ],
  );
  const last = rows.at(-1);
  const wasCut = rows.length === look.limit || last?.place === look.sellers;
  return {
    found: rows.flatMap(({ id, gen, name, seller_id: sellerId }) =>
      id === null ? [] : [{ id: Number(id), gen, name, sellerId }],
    ),
    stoppedAt: wasCut ? last!.seller_id : null,
  };
}

/**
 * Cancelled messages of a queue, whoever is paused: ending them runs nothing, and a backlog that is dropped because its
 * seller is held back must not wait for the seller to be let go.
 */
export async function nextCancelled(
  database: Database,
  window: { readonly queue: string; readonly inFlight: readonly number[]; readonly limit: number },
): Promise<Sendable[]> {
  const rows = await database.prepared<{ id: string; gen: number; name: string; seller_id: string }>(
    `select id, gen, name, seller_id from messages
      where queue = $1 and state = 'ready' and cancel_reason is not null and due_at is null
        -- Not as a list of values: the planner would weigh each of them, every time, where as a rule none is ever compared.
        and id not in (select unnest($2::bigint[]))
      order by id limit $3`,
    [window.queue, listOf(window.inFlight), window.limit],
  );
  return rows.map((row) => ({ id: Number(row.id), gen: row.gen, name: row.name, sellerId: row.seller_id }));
}

/** Of the pointers in a window, those that are still owed under the same turn. */
export async function stillOwed(
  database: Database,
  pointers: readonly { id: number; gen: number }[],
): Promise<Set<number>> {
  const genById = new Map(pointers.map((pointer) => [pointer.id, pointer.gen]));
  // By id alone: joined with the turns as well, the planner would rather read the whole table.
  const rows = await database.prepared<{ id: string; gen: number }>(
    `select id, gen from messages where id = any($1::bigint[]) and state = 'ready' and due_at is null`,
    [listOf(genById.keys())],
  );
  const owed = new Set<number>();
  for (const row of rows) if (genById.get(Number(row.id)) === row.gen) owed.add(Number(row.id));
  return owed;
}
