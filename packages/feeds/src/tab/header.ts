import type { FeedLimits, TabContext } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import { problem } from '../problem/problem.ts';
import { shown } from '../problem/shown.ts';
import type { RowProblem } from '../record/record.ts';
import { foldColumnName } from './column-name.ts';
import { RowScanner } from './row-scanner.ts';
import type { TableFormat } from './table-format.ts';

export interface Header extends Pick<TabContext, 'columns' | 'columnCount'> {
  readonly warnings: readonly RowProblem[];
  /** Character of the text where the first record starts. */
  readonly end: number;
}

interface HeadRow {
  readonly cells: readonly string[];
  readonly tooWide: boolean;
  readonly end: number;
}

/** Rows that are not blank, all cells of them. */
function* rows(text: string, limits: FeedLimits): Generator<HeadRow> {
  const all = Array.from({ length: limits.columns }, (_, column) => column);
  const scanner = new RowScanner(all, all.length, limits.cellLength);
  scanner.load(text, true);
  for (let at = 0; at < text.length; ) {
    at = scanner.next(at);
    if (scanner.blank) continue;
    const cells = scanner.cells.slice(0, scanner.cells.findLastIndex((cell) => cell !== '') + 1);
    yield { cells, tooWide: scanner.excess, end: Math.min(at, text.length) };
  }
}

const known = (row: HeadRow | undefined, table: TableFormat): number =>
  row ? row.cells.filter((cell) => isKnown(foldColumnName(cell), table)).length : 0;

const isKnown = (name: string, table: TableFormat): boolean => table.columns.includes(name) || table.unused.has(name);

/** The row of machine names: the first, or below a TemplateType row the second or (below a row of labels) the third. */
function nameRow(text: string, table: TableFormat, limits: FeedLimits): HeadRow {
  const found = rows(text, limits);
  const next = (): HeadRow | undefined => found.next().value || undefined;
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
  text: string,
  table: TableFormat,
  others: readonly TableFormat[],
  limits: FeedLimits,
): Header {
  const row = nameRow(text, table, limits);
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
