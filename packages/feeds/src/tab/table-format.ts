import type { FeedFormat } from '../format.ts';
import type { FeedRecord } from '../record/record.ts';
import type { TableRow } from './table-row.ts';

/** One kind of table, tab-delimited or a sheet. Column names are folded. */
export interface TableFormat {
  readonly format: FeedFormat;
  /** Values of `TemplateType=` that fit, lower case. */
  readonly templateTypes: readonly string[];
  /** Columns that are read; their order is the order of the slots. */
  readonly columns: readonly string[];
  /** How each of them is spelled to people. */
  readonly spelled: readonly string[];
  /** Each group needs one of its columns. */
  readonly required: readonly (readonly string[])[];
  /** Columns of the format that say nothing to this programme. */
  readonly unused: ReadonlySet<string>;
  /** It may come as the first sheet of a workbook, too. */
  readonly asWorkbook: boolean;
  readonly record: (recordNo: number, row: TableRow) => FeedRecord;
}
