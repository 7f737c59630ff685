import type { Order, OrderId } from '@ge/domain';
import type { Database } from '../database.ts';
import { LabelPurchaseEntity, OrderEntity } from '../entities/index.ts';
import type { Transaction } from '../transaction.ts';

const dayMs = 86_400_000;

/** Deletes what was answered under idempotency keys more than `days` ago, `size` rows in each transaction. Returns how many. */
export const dropOldIdempotencyKeys = (database: Database, now: Date, days: number, size: number): Promise<number> =>
  inBatches(size, () =>
    database.query(
      `delete from idempotency_keys where (api_key_id, key) in (
         select api_key_id, key from idempotency_keys where created_at < $1 order by created_at limit $2 for update skip locked)
       returning 1`,
      [new Date(now.getTime() - days * dayMs), size],
    ),
  );

/** Deletes quotes made more than `days` ago, whose offers have all ended, `size` rows in each transaction. Returns how many. */
export const dropOldQuotes = (database: Database, now: Date, days: number, size: number): Promise<number> =>
  inBatches(size, () =>
    database.query(
      `delete from quotes where id in (
         select id from quotes where created_at < $1 order by created_at limit $2 for update skip locked)
       returning 1`,
      [new Date(now.getTime() - days * dayMs), size],
    ),
  );

/**
 * Takes the address from those orders of which `isDue` says so, and their printed labels, on which it stands too, `size`
 * orders in each transaction. Looked at are ended orders placed before `placedBefore`; one that somebody is working on is
 * left for the next time. Returns how many.
 */
export async function eraseAddresses(
  database: Database,
  placedBefore: Date,
  size: number,
  isDue: (order: Order) => boolean,
): Promise<number> {
  let after = { createdAt: new Date(0), id: '' };
  for (let erased = 0; ; ) {
    const page = await database.transaction(async (tx) => {
      const rows = await tx.select(
        OrderEntity,
        `where t.ship_to is not null and t.state in ('confirmed', 'cancelled')
           and t.created_at <= $1 and (t.created_at, t.id) > ($2::timestamptz, $3)
         order by t.created_at, t.id limit $4 for no key update of t skip locked`,
        [placedBefore, after.createdAt, after.id, size],
      );
      const due = rows.filter(isDue).map((row) => ({ ...row, shipTo: null }));
      await tx.update(OrderEntity, due, ['shipTo']);
      await removePrintedLabels(
        tx,
        due.map((row) => row.id),
      );
      erased += due.length;
      return rows;
    });
    if (page.length < size) return erased;
    after = page.at(-1)!;
  }
}

/** Removes the documents of these locked orders' labels; the labels themselves stay. */
async function removePrintedLabels(tx: Transaction, orderIds: readonly OrderId[]): Promise<void> {
  const printed = await tx.select(
    LabelPurchaseEntity,
    'where t.order_id = any($1::text[]) and t.document_id is not null order by t.id for no key update of t',
    [orderIds],
  );
  if (printed.length === 0) return;
  await tx.update(
    LabelPurchaseEntity,
    printed.map((label) => ({ ...label, documentId: null })),
    ['documentId'],
  );
  const documents = printed.map((label) => label.documentId);
  await tx.query('delete from document_chunks where document_id = any($1::text[])', [documents]);
  await tx.query('delete from documents where id = any($1::text[])', [documents]);
}

async function inBatches(size: number, remove: () => Promise<readonly unknown[]>): Promise<number> {
  for (let removed = 0; ; ) {
    const { length } = await remove();
    removed += length;
    if (length < size) return removed;
  }
}
