import { problem } from '../problem/problem.ts';
import { noProblems, type RowProblem } from '../record/record.ts';
import type { TableRow } from './table-row.ts';

/** What the cutting itself found: surplus cells, quotation marks taken as text. */
export function rowFindings(row: TableRow, spelled: readonly string[]): readonly RowProblem[] {
  if (!row.excess && row.stray === 0) return noProblems;
  const stray = spelled.filter((_, slot) => row.stray & (1 << slot));
  return [...(row.excess ? [problem('GE-15022')] : []), ...stray.map((column) => problem('GE-15023', { column }))];
}
