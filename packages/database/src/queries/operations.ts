import type { SellerId } from '@ge/domain';
import type { Database } from '../database.ts';
import { OperationEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type OperationRow = RowOf<typeof OperationEntity>;

export async function findOperation(tx: Transaction, id: string): Promise<OperationRow | null> {
  const rows = await tx.find(OperationEntity, [id]);
  return rows[0] ?? null;
}

/** The operations with these ids, for whoever follows them; those that are not there are left out. */
export const findOperations = (database: Database, ids: readonly string[]): Promise<OperationRow[]> =>
  database.transaction((tx) => tx.find(OperationEntity, ids));

/** A seller's operations, newest first; `before` is the id of the last one seen. */
export async function operationsOfSeller(
  tx: Transaction,
  wanted: {
    readonly sellerId: SellerId;
    readonly state: 'open' | 'closed' | null;
    readonly before: string | null;
    readonly limit: number;
  },
): Promise<OperationRow[]> {
  return tx.select(
    OperationEntity,
    `where t.seller_id = $1 and ($2::text is null or t.state = $2) and ($3::text is null or t.id < $3)
     order by t.id desc limit $4`,
    [wanted.sellerId, wanted.state, wanted.before, wanted.limit],
  );
}
