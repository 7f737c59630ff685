import type { CsvError } from 'csv-parse';
import { UserMistake } from '../mistake.ts';

/** A parcel as a row of a table states it, in the words of the API. */
export type TabledItem = { readonly orderId: string; readonly itn?: string } & (
  | { readonly offerToken: string }
  | {
      readonly parcelNo?: number;
      readonly parcel: {
        readonly weightGrams: number;
        readonly lengthMm: number;
        readonly widthMm: number;
        readonly heightMm: number;
        readonly contents: readonly { readonly lineId: string; readonly quantity: number }[];
      };
      readonly choose?: string;
    }
);

/** Parcels of a table, and the line of the file that each stands in. */
export interface ParcelTable {
  readonly items: readonly TabledItem[];
  readonly lines: readonly number[];
}

const measures = ['weight-grams', 'length-mm', 'width-mm', 'height-mm'] as const;
const ofParcel = ['parcel-no', ...measures, 'contents', 'choose'] as const;

/** Case, hyphens, underscores and blanks of their names do not matter. */
export const parcelColumns = ['order-id', ...ofParcel, 'itn', 'offer-token'] as const;

type Column = (typeof parcelColumns)[number];
type Row = Readonly<Record<Column, string>>;

/**
 * Reads a table with a header and one parcel in each row, whose columns are parted by tabs, commas or semicolons.
 * @throws UserMistake, in one line, for the first row that says no parcel
 */
export async function readParcelTable(text: string, name: string): Promise<ParcelTable> {
  const [head, ...rows] = await recordsIn(text, name);
  const columns = columnsOf(head?.record ?? [], name);
  const mistakes: string[] = [];
  const items = rows.map(({ record, info }) => {
    try {
      if (record.length > columns.length) throw new UserMistake('there are more cells than columns');
      return itemOf(rowOf(columns, record));
    } catch (error) {
      mistakes.push(`${name}, line ${info.lines}: ${(error as Error).message}`);
      return null;
    }
  });
  const [first, ...others] = mistakes;
  if (first !== undefined)
    throw new UserMistake(`${first}${others.length > 0 ? `; lines that say no parcel: ${mistakes.length}` : ''}.`);
  return { items: items.filter((item) => item !== null), lines: rows.map(({ info }) => info.lines) };
}

interface TableRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

async function recordsIn(text: string, name: string): Promise<readonly TableRecord[]> {
  const { parse } = await import('csv-parse/sync');
  const [firstLine = ''] = text.split('\n', 1);
  const delimiter = ['\t', ';'].find((sign) => firstLine.includes(sign)) ?? ',';
  try {
    return parse(text, {
      delimiter,
      bom: true,
      info: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    }) as unknown as readonly TableRecord[];
  } catch (error) {
    const { message, lines } = error as CsvError & { readonly lines?: number };
    throw new UserMistake(`${name}${lines ? `, line ${lines}` : ''}: ${brief(message, 200)}.`);
  }
}

/** What stands in a file, fit for a line that is told. */
const brief = (written: string, most = 40): string => {
  const line = written.replace(/\s+/g, ' ');
  return line.length > most ? `${line.slice(0, most)}…` : line;
};

const folded = (column: string): string => column.toLowerCase().replace(/[-_\s]+/g, '-');

function columnsOf(head: readonly string[], name: string): readonly Column[] {
  const columns = head.map((written) => {
    const column = parcelColumns.find((known) => known === folded(written));
    if (column) return column;
    throw new UserMistake(
      `${name} has a column “${brief(written)}”; those of a batch are ${parcelColumns.join(', ')}.`,
    );
  });
  const twice = columns.find((column, at) => columns.indexOf(column) !== at);
  if (twice) throw new UserMistake(`${name} has the column ${twice} twice.`);
  if (!columns.includes('order-id'))
    throw new UserMistake(`${name} has no column order-id; the columns of a batch are ${parcelColumns.join(', ')}.`);
  return columns;
}

const rowOf = (columns: readonly Column[], record: readonly string[]): Row =>
  Object.fromEntries(parcelColumns.map((column) => [column, record[columns.indexOf(column)] ?? ''])) as Row;

function itemOf(row: Row): TabledItem {
  const about = { orderId: required(row, 'order-id'), ...(row.itn && { itn: row.itn }) };
  if (row['offer-token']) {
    const besides = ofParcel.find((column) => row[column] !== '');
    if (besides) throw new UserMistake(`the parcel is that of its offer-token, so ${besides} stays empty`);
    return { ...about, offerToken: row['offer-token'] };
  }
  return {
    ...about,
    ...(row['parcel-no'] && { parcelNo: numberIn(row, 'parcel-no') }),
    parcel: {
      weightGrams: numberIn(row, 'weight-grams'),
      lengthMm: numberIn(row, 'length-mm'),
      widthMm: numberIn(row, 'width-mm'),
      heightMm: numberIn(row, 'height-mm'),
      contents: contentsOf(required(row, 'contents')),
    },
    ...(row.choose && { choose: row.choose }),
  };
}

function required(row: Row, column: Column): string {
  if (row[column] === '') throw new UserMistake(`${column} is missing`);
  return row[column];
}

function numberIn(row: Row, column: Column): number {
  const written = required(row, column);
  if (!/^-?\d{1,9}(\.\d{1,6})?$/.test(written))
    throw new UserMistake(`${column} takes a number, not “${brief(written)}”`);
  return Number(written);
}

/** `L1:2 L2:1`: lines of the order, and how many pieces of each lie in the parcel. */
const contentsOf = (written: string) =>
  written.split(/[\s,;]+/).map((part) => {
    const [, lineId, pieces] = /^(.+):(\d{1,6})$/.exec(part) ?? [];
    if (lineId === undefined)
      throw new UserMistake(
        `contents takes lines of the order with their pieces such as L1:2 L2:1, not “${brief(written)}”`,
      );
    return { lineId, quantity: Number(pieces) };
  });
