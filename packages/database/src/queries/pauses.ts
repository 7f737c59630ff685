import { PauseEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type PauseRow = RowOf<typeof PauseEntity>;

/** What is held back: `*` as queue is every queue, `*` as seller every seller. */
export interface PauseTarget {
  readonly queue: string;
  readonly sellerId: string;
}

/** Holds a queue, a seller, or a seller in one queue back; a pause that is there already keeps its age and gets the new reason. */
export async function setPause(
  tx: Transaction,
  pause: PauseTarget & { readonly reason: string; readonly now: Date },
): Promise<{ readonly before: PauseRow | null; readonly after: PauseRow }> {
  const { queue, sellerId, reason, now } = pause;
  const row = { queue, sellerId, reason, createdAt: now };
  if ((await tx.insert(PauseEntity, [row], true)) === 1) return { before: null, after: row };
  const [before] = await tx.lock(PauseEntity, [[queue, sellerId]]);
  // Lifted by somebody else between the two statements.
  if (!before) return setPause(tx, pause);
  const after = { ...before, reason };
  await tx.update(PauseEntity, [after], ['reason']);
  return { before, after };
}

/** Lets go of what a pause held back, with the relay's next look; null where there was none. */
export async function liftPause(tx: Transaction, { queue, sellerId }: PauseTarget): Promise<PauseRow | null> {
  const [before] = await tx.lock(PauseEntity, [[queue, sellerId]], 'for update');
  if (before) await tx.remove(PauseEntity, [before]);
  return before ?? null;
}

/** One page of the pauses in force, by queue and seller. */
export const pausesPage = (
  tx: Transaction,
  wanted: { readonly after: PauseTarget | null; readonly limit: number },
): Promise<PauseRow[]> =>
  tx.select(PauseEntity, 'where (t.queue, t.seller_id) > ($1, $2) order by t.queue, t.seller_id limit $3', [
    wanted.after?.queue ?? '',
    wanted.after?.sellerId ?? '',
    wanted.limit,
  ]);

/** The pauses that hold this seller's messages in this queue back: at most four. */
export const pausesOver = (tx: Transaction, queue: string, sellerId: string): Promise<PauseRow[]> =>
  tx.select(
    PauseEntity,
    `where t.queue = any(array[$1, '*']) and t.seller_id = any(array[$2, '*']) order by t.created_at, t.queue, t.seller_id`,
    [queue, sellerId],
  );
