import type { Column, Columns } from './table.ts';

export interface Statement {
  readonly text: string;
  readonly params: readonly unknown[];
}

type Key = string | number | readonly (string | number)[];

/** Reads rows by primary key, in key order. */
export function findStatement(columns: Columns, keys: readonly Key[]): Statement {
  const lists = columns.keys.map((_, part) => keys.map((key) => (Array.isArray(key) ? key[part] : key)));
  const order = columns.keys.map((key) => `t.${key.column}`).join(', ');
  const wanted =
    columns.keys.length === 1
      ? `t.${columns.keys[0]!.column} = any($1::${columns.keys[0]!.type}[])`
      : `(${order}) in (select * from unnest(${columns.keys.map((key, part) => `$${part + 1}::${key.type}[]`).join(', ')}))`;
  return {
    text: `select ${columns.list('t')} from ${columns.table} t where ${wanted} order by ${order}`,
    params: lists,
  };
}

/** Locks rows by primary key in key order: every worker that locks several rows of a table takes them in the same order. */
export function lockStatement(columns: Columns, keys: readonly Key[], strength: string): Statement {
  const { text, params } = findStatement(columns, keys);
  return { text: `${text} ${strength} of t`, params };
}

/** Rows travel as one JSON parameter, so the text depends on the columns alone and not on the number of rows. */
export function insertStatement(columns: Columns, rows: readonly object[], ifAbsent: boolean): Statement {
  const given = columns.all.filter((column) =>
    rows.some((row) => (row as Record<string, unknown>)[column.property] !== undefined),
  );
  const names = given.map((column) => column.column).join(', ');
  return {
    text: `insert into ${columns.table} (${names}) select ${names} from ${recordset(given)}${ifAbsent ? ' on conflict do nothing' : ''}`,
    params: [encode(given, rows)],
  };
}

export function updateStatement(columns: Columns, rows: readonly object[], properties?: readonly string[]): Statement {
  const written = columns.all.filter(
    (column) => !column.isKey && (!properties || properties.includes(column.property)),
  );
  const used = [...columns.keys, ...written];
  const set = written.map((column) => `${column.column} = d.${column.column}`).join(', ');
  const where = columns.keys.map((key) => `t.${key.column} = d.${key.column}`).join(' and ');
  return {
    text: `update ${columns.table} t set ${set} from ${recordset(used)} where ${where}`,
    params: [encode(used, rows)],
  };
}

/**
 * Writes rows that differ in the properties `each` only: what is alike goes out once, and not with every row. One statement
 * for each group of rows whose other values are the same.
 */
export function updateAlikeStatements(
  columns: Columns,
  rows: readonly object[],
  { each, alike }: { readonly each: readonly string[]; readonly alike: readonly string[] },
): Statement[] {
  const own = [...columns.keys, ...each.map((property) => columns.column(property))];
  const shared = alike.map((property) => columns.column(property));
  const valuesOf = (list: readonly Column[], row: object) =>
    list.map(({ property }) => (row as Record<string, unknown>)[property] ?? null);
  const set = [
    ...shared.map(({ column, type }, index) => `${column} = $${own.length + index + 1}::${type}`),
    ...own.filter(({ isKey }) => !isKey).map(({ column }) => `${column} = d.${column}`),
  ].join(', ');
  const lists = own.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');
  const where = columns.keys.map(({ column }) => `t.${column} = d.${column}`).join(' and ');
  const text = `update ${columns.table} t set ${set} from unnest(${lists}) as d(${own.map(({ column }) => column).join(', ')}) where ${where}`;
  return [...Map.groupBy(rows, (row) => JSON.stringify(valuesOf(shared, row))).values()].map((group) => ({
    text,
    params: [
      ...own.map(({ property }) => group.map((row) => (row as Record<string, unknown>)[property] ?? null)),
      // The driver would take a JSON array for one of PostgreSQL's.
      ...valuesOf(shared, group[0]!).map((value, index) =>
        value !== null && shared[index]!.type.startsWith('json') ? JSON.stringify(value) : value,
      ),
    ],
  }));
}

export function deleteStatement(columns: Columns, rows: readonly object[]): Statement {
  const where = columns.keys.map((key) => `t.${key.column} = d.${key.column}`).join(' and ');
  return {
    text: `delete from ${columns.table} t using ${recordset(columns.keys)} where ${where}`,
    params: [encode(columns.keys, rows)],
  };
}

const recordset = (columns: readonly Column[]) =>
  `json_to_recordset($1::json) as d(${columns.map((column) => `${column.column} ${column.type}`).join(', ')})`;

function encode(columns: readonly Column[], rows: readonly object[]): string {
  return JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(
        columns.map((column) => [
          column.column.slice(1, -1),
          (row as Record<string, unknown>)[column.property] ?? null,
        ]),
      ),
    ),
  );
}
