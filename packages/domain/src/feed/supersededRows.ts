import type { FeedRow } from './feed.ts';

/** Rows that say something about a SKU: not yet rejected, and naming a template or a deletion. */
export type StagedRow = Pick<FeedRow, 'recordNo' | 'sku' | 'templateName' | 'outcome'> & { readonly deletes: boolean };

const speaks = (row: StagedRow): boolean => row.outcome === null && (row.deletes || row.templateName !== null);

/**
 * Of several rows of one file for one SKU the last wins, whatever becomes of it; the earlier ones end `superseded`.
 * Rows that were rejected on reading or that leave the template unchanged neither win nor lose.
 */
export function supersedeEarlierRows<Row extends StagedRow>(rows: readonly Row[]): readonly Row[] {
  const last = new Map<string, number>();
  for (const row of rows) {
    if (speaks(row)) last.set(row.sku, Math.max(row.recordNo, last.get(row.sku) ?? 0));
  }
  return rows.map((row) =>
    speaks(row) && last.get(row.sku) !== row.recordNo ? { ...row, outcome: 'superseded' as const } : row,
  );
}
