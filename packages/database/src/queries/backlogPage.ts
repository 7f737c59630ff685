import type { Transaction } from '../transaction.ts';

/** Messages counted of one seller in one queue at most: a count that high says "that many or more". */
export const countedAtMost = 10_000;

/** What one seller is owed in one queue. */
export interface SellerBacklog {
  readonly queue: string;
  /** `-` is programme-wide work. */
  readonly sellerId: string;
  /** To be run now; up to `countedAtMost`. */
  readonly ready: number;
  /** To be run when their time comes; up to `countedAtMost`. */
  readonly later: number;
  /** When the oldest message that is to be run now was accepted, or became due; null where there is none. */
  readonly oldestAt: Date | null;
  /** When the first of those for later is due; null where there is none. */
  readonly nextDueAt: Date | null;
}

export interface BacklogWanted {
  /** Where to look; sorted by name in the page. */
  readonly queues: readonly string[];
  readonly sellerId: string | null;
  /** Also those who are owed only what is for later. */
  readonly withLater: boolean;
  /** The last one seen. */
  readonly after: { readonly queue: string; readonly sellerId: string } | null;
  readonly limit: number;
}

/** The next pairs of queue and seller with such messages, by one index entry each, however many messages a pair has. */
const pairs = (name: string, which: string) => `
  ${name} as (
    (select m.queue, m.seller_id from messages m
      where m.state = 'ready' and ${which} and m.queue = any($1::text[]) and (m.queue, m.seller_id) > ($2, $3)
      order by m.queue, m.seller_id limit 1)
    union all
    select next.queue, next.seller_id from ${name} cross join lateral (
      select m.queue, m.seller_id from messages m
       where m.state = 'ready' and ${which} and m.queue = any($1::text[]) and (m.queue, m.seller_id) > (${name}.queue, ${name}.seller_id)
       order by m.queue, m.seller_id limit 1) as next)`;

const everyone = `
  with recursive ${pairs('owed_now', 'm.due_at is null')}, ${pairs('owed_later', 'm.due_at is not null')}
  select * from (
    (select queue, seller_id from owed_now limit $4)
    union
    (select queue, seller_id from owed_later limit case when $5 then $4::int else 0 end)) as found
   order by queue, seller_id limit $4`;

const oneSeller = `
  select queue, $3::text as seller_id from unnest($1::text[]) as asked(queue)
   where queue > $2
     and (exists (select from messages m where m.queue = asked.queue and m.seller_id = $3 and m.state = 'ready' and m.due_at is null)
          or $5 and exists (select from messages m where m.queue = asked.queue and m.seller_id = $3 and m.state = 'ready' and m.due_at is not null))
   order by queue limit $4`;

const counted = `
  select pair.queue, pair.seller_id, now_owed.count as ready, later_owed.count as later, later_owed.next as next_due_at,
         (select coalesce(m.ready_at, m.created_at) from messages m
           where m.queue = pair.queue and m.seller_id = pair.seller_id and m.state = 'ready' and m.due_at is null
           order by m.id limit 1) as oldest_at
    from json_to_recordset($1::json) as pair(queue text, seller_id text)
   cross join lateral (select count(*) from (
           select from messages m where m.queue = pair.queue and m.seller_id = pair.seller_id and m.state = 'ready' and m.due_at is null limit $2) as few) as now_owed
   cross join lateral (select count(*), min(due_at) as next from (
           select m.due_at from messages m where m.queue = pair.queue and m.seller_id = pair.seller_id and m.state = 'ready' and m.due_at is not null limit $2) as few) as later_owed
   order by pair.queue, pair.seller_id`;

/**
 * Who is owed what, by queue and seller. The cost is bounded by the page: a seller is found by one index entry, and at most
 * `countedAtMost` of their messages are counted in a queue.
 */
export async function backlogPage(tx: Transaction, wanted: BacklogWanted): Promise<SellerBacklog[]> {
  const { queues, sellerId, withLater, after, limit } = wanted;
  const found = await tx.query(sellerId === null ? everyone : oneSeller, [
    queues,
    after?.queue ?? '',
    sellerId ?? after?.sellerId ?? '',
    limit,
    withLater,
  ]);
  if (found.length === 0) return [];
  const rows = await tx.query<{
    queue: string;
    seller_id: string;
    ready: string;
    later: string;
    oldest_at: string | null;
    next_due_at: string | null;
  }>(counted, [JSON.stringify(found), countedAtMost]);
  return rows.map((row) => ({
    queue: row.queue,
    sellerId: row.seller_id,
    ready: Number(row.ready),
    later: Number(row.later),
    oldestAt: row.oldest_at === null ? null : new Date(row.oldest_at),
    nextDueAt: row.next_due_at === null ? null : new Date(row.next_due_at),
  }));
}
