import type { FeedRow } from './feed.ts';

/** Rows that say something about a SKU: not yet rejected, and naming a template or a deletion. */
export type StagedRow = Pick<FeedRow, 'recordNo' | 'sku' | 'templateName' | 'outcome'> & { readonly deletes: boolean };

/** Rows that were rejected on reading or that leave the template unchanged say nothing, and neither win nor lose. */
export const speaks = (row: Pick<StagedRow, 'templateName' | 'outcome' | 'deletes'>): boolean =>
  row.outcome === null && (row.deletes || row.templateName !== null);

/**
 * Of several rows of one file that speak of one SKU the last wins, whatever becomes of it; the earlier ones end `superseded`.
 * `last` is the record number of the last one that speaks of this row's SKU, undefined where this is the only one.
 */
export const isSuperseded = (row: StagedRow, last: number | undefined): boolean =>
  last !== undefined && row.recordNo < last && speaks(row);

/** The same for a file that is at hand as a whole. */
export function supersedeEarlierRows<Row extends StagedRow>(rows: readonly Row[]): readonly Row[] {
  const last = new Map<string, number>();
  for (const row of rows) {
    if (speaks(row)) last.set(row.sku, Math.max(row.recordNo, last.get(row.sku) ?? 0));
  }
  return rows.map((row) => (isSuperseded(row, last.get(row.sku)) ? { ...row, outcome: 'superseded' as const } : row));
}
