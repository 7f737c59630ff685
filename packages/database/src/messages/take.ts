import { MessageEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type MessageRow = RowOf<typeof MessageEntity>;

export interface Taken {
  /** Locked by this transaction and to be run, in id order. */
  readonly mine: readonly MessageRow[];
  /** Held by another transaction right now. */
  readonly busy: readonly number[];
  /** Done already, back with a later turn, or of another job: nothing to do under this pointer. */
  readonly gone: readonly number[];
}

/**
 * The token of promise 2: whoever holds the lock on the message's row may run it, and the row's absence says it was run.
 * Never waits: a row that someone else has is `busy`. What a pointer is called in Redis is believed only where the row
 * says the same: `name` is the job that is about to run.
 */
export async function takeMessages(
  tx: Transaction,
  name: string,
  pointers: readonly { id: number; gen: number }[],
): Promise<Taken> {
  const genById = new Map(pointers.map((pointer) => [pointer.id, pointer.gen]));
  const rows = await tx.selectPrepared(
    MessageEntity,
    `where t.id = any($1::bigint[]) and t.name = $2 and t.state = 'ready' and t.due_at is null
     order by t.id for update skip locked`,
    [[...genById.keys()], name],
  );
  const mine = rows.filter((row) => genById.get(row.id) === row.gen);
  for (const row of rows) genById.delete(row.id);
  const stale = rows.filter((row) => !mine.includes(row)).map((row) => row.id);
  if (genById.size === 0) return { mine, busy: [], gone: stale };

  const missing = [...genById.keys()];
  const held = await tx.prepared<{ id: string; gen: number }>(
    `select id, gen from messages where id = any($1::bigint[]) and name = $2 and state = 'ready' and due_at is null`,
    [missing, name],
  );
  const busy = held.filter((row) => genById.get(Number(row.id)) === row.gen).map((row) => Number(row.id));
  return { mine, busy, gone: [...stale, ...missing.filter((id) => !busy.includes(id))] };
}

/**
 * Locks messages that were taken before and are still owed under the same turn, waiting where someone holds them; the others
 * are absent and left unlocked, since whoever wakes them passes by what is locked. What changes within a turn is as it stands
 * now, all else as it was taken.
 */
export async function relockMessages(tx: Transaction, taken: readonly MessageRow[]): Promise<MessageRow[]> {
  const byId = new Map(taken.map((message) => [message.id, message]));
  const turns = [...byId.values()];
  const rows = await tx.selectPrepared(
    MessageEntity,
    `where t.id = any($1::bigint[]) and t.state = 'ready'
       and (t.id, t.gen) in (select * from unnest($1::bigint[], $2::int[]))
     order by t.id for update of t`,
    [turns.map(({ id }) => id), turns.map(({ gen }) => gen)],
    ['id', 'state', 'gen', 'crashes', 'cancelReason'],
  );
  return rows.map((row) => ({ ...byId.get(row.id)!, ...row }));
}

/**
 * Counts one more start of a message that an earlier process died with; `by` -1 takes the count back once this process
 * has lived through it. Returns how often it has been counted by now; null, without waiting, where someone else holds
 * the message or it has moved on.
 */
export async function countCrash(
  tx: Transaction,
  name: string,
  pointer: { id: number; gen: number },
  by: 1 | -1,
): Promise<number | null> {
  const rows = await tx.query<{ crashes: number }>(
    `update messages set crashes = greatest(0, crashes + $3::int)
      where id = (select id from messages where id = $1 and gen = $2 and name = $4 and state = 'ready'
                     for update skip locked)
     returning crashes`,
    [pointer.id, pointer.gen, by, name],
  );
  return rows[0]?.crashes ?? null;
}

/** A job without a row: its key, and the day (yyyy-mm-dd) under which its receipt is kept. */
export interface Receipt {
  readonly day: string;
  readonly key: string;
}

/** Records jobs that came without a row; returns those that had not been seen before. */
export async function takeReceipts<R extends Receipt>(tx: Transaction, receipts: readonly R[]): Promise<R[]> {
  const rows = await tx.query<{ place: string }>(
    `with given as (select * from unnest($1::date[], $2::text[]) with ordinality as g(day, key, place)),
          taken as (insert into receipts (day, key) select day, key from given order by day, key
                    on conflict do nothing returning day, key)
     select place from given join taken using (day, key) order by place`,
    [receipts.map((receipt) => receipt.day), receipts.map((receipt) => receipt.key)],
  );
  return rows.map((row) => receipts[Number(row.place) - 1]!);
}
