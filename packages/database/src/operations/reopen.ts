import type { Transaction } from '../transaction.ts';

/** Takes failures back from operations whose dead messages are to run again, and opens them; locks them in id order. */
export async function reopenOperations(tx: Transaction, failuresById: ReadonlyMap<string, number>): Promise<void> {
  if (failuresById.size === 0) return;
  const ids = [...failuresById.keys()];
  await tx.query('select id from operations where id = any($1::text[]) order by id for update', [ids]);
  await tx.query(
    `update operations o set failed = greatest(0, o.failed - d.n), state = 'open', closed_at = null
       from unnest($1::text[], $2::int[]) as d(id, n) where o.id = d.id`,
    [ids, [...failuresById.values()]],
  );
}
