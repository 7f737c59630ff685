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
 * Writes rows that differ in the properties `each` only: what is alike travels once for each group of rows that share it,
 * and not with every row.
 */
export function updateAlikeStatement(
  columns: Columns,
  rows: readonly object[],
  { each, alike }: { readonly each: readonly string[]; readonly alike: readonly string[] },
): Statement {
  const shared = alike.map((property) => columns.column(property));
  const own = [...columns.keys, ...each.map((property) => columns.column(property))];
  const groups = new Map<string, number>();
  const groupOf = rows.map((row) => {
    const values = encodeRow(shared, row);
    if (!groups.has(values)) groups.set(values, groups.size + 1);
    return groups.get(values)!;
  });
  const listed = (list: readonly Column[]) => list.map(({ column }) => column).join(', ');
  const set = [
    ...shared.map(({ column }) => `${column} = g.${column}`),
    ...own.filter(({ isKey }) => !isKey).map(({ column }) => `${column} = d.${column}`),
  ];
  const lists = ['$2::bigint[]', ...own.map(({ type }, index) => `$${index + 3}::${type}[]`)];
  return {
    text: `update ${columns.table} t set ${set.join(', ')}
             from unnest(${lists.join(', ')}) as d(group_no, ${listed(own)})
             join rows from (json_to_recordset($1::json) as (${typed(shared)})) with ordinality
                    as g(${listed(shared)}, group_no) using (group_no)
            where ${columns.keys.map(({ column }) => `t.${column} = d.${column}`).join(' and ')}`,
    params: [
      `[${[...groups.keys()].join()}]`,
      groupOf,
      ...own.map(({ property }) => rows.map((row) => (row as Record<string, unknown>)[property] ?? null)),
    ],
  };
}

export function deleteStatement(columns: Columns, rows: readonly object[]): Statement {
  const where = columns.keys.map((key) => `t.${key.column} = d.${key.column}`).join(' and ');
  return {
    text: `delete from ${columns.table} t using ${recordset(columns.keys)} where ${where}`,
    params: [encode(columns.keys, rows)],
  };
}

const recordset = (columns: readonly Column[]) => `json_to_recordset($1::json) as d(${typed(columns)})`;

const typed = (columns: readonly Column[]) => columns.map(({ column, type }) => `${column} ${type}`).join(', ');

const encode = (columns: readonly Column[], rows: readonly object[]): string =>
  JSON.stringify(rows.map((row) => named(columns, row)));

const encodeRow = (columns: readonly Column[], row: object): string => JSON.stringify(named(columns, row));

/**
 * The row's values under the names of their columns; called for every row that is written. What is null is left out: it is null
 * all the same where the rows are read, and often the most of a row.
 */
function named(columns: readonly Column[], row: object): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { name, property } of columns) {
    const value = (row as Record<string, unknown>)[property];
    if (value !== null && value !== undefined) values[name] = value;
  }
  return values;
}
