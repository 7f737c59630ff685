import { AuditEntryEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

export type AuditEntry = RowOf<typeof AuditEntryEntity>;

/** Writes down what somebody changed, in the transaction of the change itself. Entries are never changed or removed. */
export async function recordAudit(tx: Transaction, entries: readonly Omit<AuditEntry, 'id'>[]): Promise<void> {
  await tx.insert(AuditEntryEntity, entries);
}

/** One page of what was changed, the newest first; of one target or of all. */
export const auditPage = (
  tx: Transaction,
  wanted: { readonly target: string | null; readonly before: number | null; readonly limit: number },
): Promise<AuditEntry[]> =>
  tx.select(
    AuditEntryEntity,
    `where ($1::text is null or t.target = $1) and ($2::bigint is null or t.id < $2) order by t.id desc limit $3`,
    [wanted.target, wanted.before, wanted.limit],
  );
