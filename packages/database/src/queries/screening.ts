import type { Database } from '../database.ts';
import { SkuEntity } from '../entities/index.ts';
import type { SkuRow } from './skus.ts';

export interface Rescreening {
  /** Names the screening in force: nothing is done where every verdict was found by it. */
  readonly stamp: string;
  /** The SKU as that screening leaves it; the same object where nothing changes. */
  readonly screen: (sku: SkuRow) => SkuRow;
  /** SKUs looked at in each transaction. */
  readonly size: number;
  /** Leaves the rest for the next time. */
  readonly stopping: AbortSignal;
}

/**
 * Brings the kept verdicts in line with the screening in force (R5), over all SKUs of which there is something to screen, in
 * key order. Rows are locked only where their verdict changes. Returns how many did.
 */
export async function rescreenSkus(database: Database, rescreening: Rescreening): Promise<number> {
  const { stamp, screen, size, stopping } = rescreening;
  const [programme] = await database.query<{ screened_by: string }>('select screened_by from programme where id = 1');
  if (programme!.screened_by === stamp) return 0;
  let changed = 0;
  let after = { sellerId: '', sku: '' };
  for (;;) {
    if (stopping.aborted) return changed;
    const page = await database.transaction(async (tx) => {
      const rows = await tx.select(
        SkuEntity,
        `where t.export_data is not null and (t.seller_id, t.sku) > ($1, $2)
         order by t.seller_id, t.sku limit $3`,
        [after.sellerId, after.sku, size],
      );
      const outdated = rows.filter((row) => screen(row) !== row);
      const locked = await tx.lock(
        SkuEntity,
        outdated.map((row) => [row.sellerId, row.sku] as const),
      );
      const screened = locked.flatMap((row) => (screen(row) === row ? [] : [screen(row)]));
      await tx.update(SkuEntity, screened, ['verdict', 'verdictRule']);
      changed += screened.length;
      return rows;
    });
    if (page.length < size) break;
    after = page.at(-1)!;
  }
  await database.query('update programme set screened_by = $1 where id = 1', [stamp]);
  return changed;
}
