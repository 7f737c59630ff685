import { MessageEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type MessageRow = RowOf<typeof MessageEntity>;

export interface Taken {
  /** Locked by this transaction and to be run, in id order. */
  readonly mine: readonly MessageRow[];
  /** Held by another transaction right now. */
  readonly busy: readonly number[];
  /** Done already, or back with a later turn: nothing to do under this pointer. */
  readonly gone: readonly number[];
}

/**
 * The token of promise 2: whoever holds the lock on the message's row may run it, and the row's absence says it was run.
 * Never waits: a row that someone else has is `busy`.
 */
export async function takeMessages(tx: Transaction, pointers: readonly { id: number; gen: number }[]): Promise<Taken> {
  const genById = new Map(pointers.map((pointer) => [pointer.id, pointer.gen]));
  const rows = await tx.select(
    MessageEntity,
    `where t.id = any($1::bigint[]) and t.state = 'ready' and t.due_at is null order by t.id for update skip locked`,
    [[...genById.keys()]],
  );
  const mine = rows.filter((row) => genById.get(row.id) === row.gen);
  for (const row of rows) genById.delete(row.id);
  const stale = rows.filter((row) => !mine.includes(row)).map((row) => row.id);
  if (genById.size === 0) return { mine, busy: [], gone: stale };

  const missing = [...genById.keys()];
  const held = await tx.query<{ id: string; gen: number }>(
    `select id, gen from messages where id = any($1::bigint[]) and state = 'ready' and due_at is null`,
    [missing],
  );
  const busy = held.filter((row) => genById.get(Number(row.id)) === row.gen).map((row) => Number(row.id));
  return { mine, busy, gone: [...stale, ...missing.filter((id) => !busy.includes(id))] };
}

/** Locks messages whatever their turn, waiting where someone holds them; those that are gone are absent. */
export const relockMessages = (tx: Transaction, ids: readonly number[]): Promise<MessageRow[]> =>
  tx.lock(MessageEntity, ids, 'for update');

/** Counts one more start of a message that an earlier process died with. Returns how often that has happened by now. */
export async function countCrash(tx: Transaction, pointer: { id: number; gen: number }): Promise<number> {
  const rows = await tx.query<{ crashes: number }>(
    `update messages set crashes = crashes + 1 where id = $1 and gen = $2 and state = 'ready' returning crashes`,
    [pointer.id, pointer.gen],
  );
  return rows[0]?.crashes ?? 0;
}

/** Records jobs that came without a row; returns the keys that had not been seen before. */
export async function takeReceipts(
  tx: Transaction,
  receipts: readonly { day: string; key: string }[],
): Promise<Set<string>> {
  const rows = await tx.query<{ key: string }>(
    `insert into receipts (day, key) select * from unnest($1::date[], $2::text[]) on conflict do nothing returning key`,
    [receipts.map((receipt) => receipt.day), receipts.map((receipt) => receipt.key)],
  );
  return new Set(rows.map((row) => row.key));
}
