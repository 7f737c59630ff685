import type { FeedLimits, TabContext } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import { problem } from '../problem/problem.ts';
import { shown } from '../problem/shown.ts';
import type { RowProblem } from '../record/record.ts';
import { foldColumnName } from './column-name.ts';
import type { TableFormat } from './table-format.ts';

export interface Header extends Pick<TabContext, 'columns' | 'columnCount'> {
  readonly warnings: readonly RowProblem[];
  /** The `end` of the row of column names. */
  readonly end: number;
}

/** One of the first rows of a table, all cells of it up to the last that is not empty. Rows without text are left out. */
export interface HeadRow {
  readonly cells: readonly string[];
  /** It goes on beyond the columns a header may have. */
  readonly tooWide: boolean;
  /** Where the row below begins, in whatever the reader counts. */
  readonly end: number;
}

const known = (row: HeadRow | undefined, table: TableFormat): number =>
  row ? row.cells.filter((cell) => isKnown(foldColumnName(cell), table)).length : 0;

const isKnown = (name: string, table: TableFormat): boolean => table.columns.includes(name) || table.unused.has(name);

/** The row of machine names: the first, or below a TemplateType row the second or (below a row of labels) the third. */
function nameRow(rows: Iterator<HeadRow, void>, table: TableFormat): HeadRow {
  const next = (): HeadRow | undefined => rows.next().value || undefined;
  const first = next();
  if (!first) throw new FeedStop('GE-15002');
  const marker = first.cells
    .map((cell) => /^TemplateType\s*=\s*(.*)$/i.exec(cell)?.[1])
    .find((type) => type !== undefined);
  if (marker === undefined) return first;
  if (!table.templateTypes.includes(marker.trim().toLowerCase())) {
    throw new FeedStop('GE-15008', { found: shown(marker.trim()), declared: table.templateTypes[0] ?? '' });
  }
  const second = next();
  const third = next();
  const below = known(third, table) >= Math.max(known(second, table), 1) ? third : second;
  if (!below) throw new FeedStop('90009');
  return below;
}

/**
 * Finds the columns in the first rows of a table.
 * @throws FeedStop 90009, 90012, GE-15001, GE-15002, GE-15004, GE-15008, GE-15009
 */
export function readHeader(
  rows: Iterator<HeadRow, void>,
  table: TableFormat,
  others: readonly TableFormat[],
  limits: FeedLimits,
): Header {
  const row = nameRow(rows, table);
  if (row.tooWide) throw new FeedStop('GE-15009', { limit: limits.columns });
  const names = row.cells.map(foldColumnName);
  const lacking = table.required.find((group) => !group.some((column) => names.includes(column)));
  if (lacking) {
    refuseOtherContent(row, names, table, others);
    if (known(row, table) === 0) throw new FeedStop('90009');
    throw new FeedStop('90012', { column: spelled(table, lacking[0]!) });
  }
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) !== i);
  if (twice !== undefined) throw new FeedStop('GE-15004', { column: shown(row.cells[names.indexOf(twice)]!) });
  return {
    columns: table.columns.map((column) => names.indexOf(column)),
    columnCount: names.length,
    warnings: warnings(row.cells, names, table),
    end: row.end,
  };
}

const spelled = (table: TableFormat, column: string): string => table.spelled[table.columns.indexOf(column)] ?? column;

function refuseOtherContent(
  row: HeadRow,
  names: readonly string[],
  table: TableFormat,
  others: readonly TableFormat[],
): void {
  const fits = (other: TableFormat) => other.required.every((group) => group.some((column) => names.includes(column)));
  const other = others.find((candidate) => candidate !== table && fits(candidate));
  if (other) throw new FeedStop('GE-15001', { found: other.format, declared: table.format });
  const commas = row.cells[0]?.split(/[,;]/).map((cell) => foldColumnName(cell.replaceAll('"', ''))) ?? [];
  if (row.cells.length === 1 && commas.length > 1 && commas.some((name) => isKnown(name, table))) {
    throw new FeedStop('GE-15001', { found: 'CSV', declared: table.format });
  }
}

function warnings(cells: readonly string[], names: readonly string[], table: TableFormat): RowProblem[] {
  const unused = cells.filter((_, i) => table.unused.has(names[i]!));
  const unknown = cells.filter((cell, i) => cell !== '' && !isKnown(names[i]!, table));
  return [
    ...unknown.map((column) => problem('90061', { column: shown(column) })),
    ...(unused.length > 0 ? [problem('GE-15015', { columns: unused.join(', ') })] : []),
  ];
}
