import type { SuspensionState } from '@ge/domain';
import { SuspensionEntity } from '../entities/index.ts';
import type { RowOf } from '../rows/table.ts';
import type { Transaction } from '../transaction.ts';

/** The programme's suspensions as they are now: the active ones and the version of the list. */
export async function readSuspensions(
  tx: Transaction,
): Promise<{ readonly active: readonly RowOf<typeof SuspensionEntity>[]; readonly version: number }> {
  const programme = await tx.query<{ suspension_version: number }>(
    'select suspension_version from programme where id = 1',
  );
  return { active: await activeSuspensions(tx), version: programme[0]!.suspension_version };
}

/** The active ones alone, by destination. */
export const activeSuspensions = (tx: Transaction): Promise<RowOf<typeof SuspensionEntity>[]> =>
  tx.select(SuspensionEntity, `where t.state = 'active' order by t.destination`);

/** Draws the next version of the suspension list; the programme's row stays locked until the transaction ends. */
export async function drawSuspensionVersion(tx: Transaction): Promise<number> {
  const rows = await tx.query<{ suspension_version: number }>(
    'update programme set suspension_version = suspension_version + 1 where id = 1 returning suspension_version',
  );
  return rows[0]!.suspension_version;
}

/** One page of the suspensions, lifted ones among them, in the order they were made. */
export const suspensionsPage = (
  tx: Transaction,
  wanted: { readonly state: SuspensionState | null; readonly after: string | null; readonly limit: number },
): Promise<RowOf<typeof SuspensionEntity>[]> =>
  tx.select(SuspensionEntity, 'where t.id > $1 and ($2::text is null or t.state = $2) order by t.id limit $3', [
    wanted.after ?? '',
    wanted.state,
    wanted.limit,
  ]);

/**
 * Keeps the suspension list as it is until the transaction ends: who decides something by it that a new suspension has to
 * find (an order to be held, a template that becomes enabled) is either seen by it or sees it. Whoever draws the next
 * version holds no other lock, so that it does not matter what is locked before.
 */
export async function holdSuspensions(tx: Transaction): Promise<void> {
  await tx.query('select 1 from programme where id = 1 for share');
}
