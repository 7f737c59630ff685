import type { EntityMetadata, EntityProperty, InferEntity, MikroORM } from '@mikro-orm/postgresql';

/** What `defineEntity` returns, without the type parameters that do not matter here. */
export interface AnyTable {
  readonly '~entity'?: unknown;
  readonly meta: { readonly className: string };
}

/** The plain snapshot that one row of a table is. */
export type RowOf<T> = Plain<InferEntity<T>>;
type Plain<E> = { [K in keyof E as K extends string ? K : never]: E[K] };

export interface Column {
  readonly property: string;
  readonly name: string;
  /** The name, quoted. */
  readonly column: string;
  readonly type: string;
  readonly isKey: boolean;
  readonly hasDefault: boolean;
  /** Makes of what the driver gives what the entity says; null where that is the same. */
  readonly read: ((value: unknown) => unknown) | null;
}

/** How the rows of one table are named, typed and read; derived from the entity once per process. */
export class Columns {
  readonly table: string;
  readonly all: readonly Column[];
  readonly keys: readonly Column[];

  readonly #only = new Map<string, Columns>();
  readonly #toRead: readonly { readonly property: string; readonly read: (value: unknown) => unknown }[];

  private constructor(table: string, all: readonly Column[], keys: readonly Column[]) {
    this.table = table;
    this.all = all;
    this.keys = keys;
    this.#toRead = all.flatMap(({ property, read }) => (read ? [{ property, read }] : []));
  }

  static of(meta: EntityMetadata): Columns {
    const all = meta.props.filter((prop) => prop.fieldNames?.length === 1 && prop.persist !== false).map(toColumn);
    const keyOrder: readonly string[] = meta.primaryKeys;
    return new Columns(
      quote(meta.tableName),
      all,
      keyOrder.map((name) => all.find((column) => column.property === name)!),
    );
  }

  /** The same table with these properties alone to be read. */
  only(properties: readonly string[] | undefined): Columns {
    if (!properties) return this;
    const name = properties.join();
    let columns = this.#only.get(name);
    if (!columns) {
      columns = new Columns(
        this.table,
        properties.map((property) => this.column(property)),
        this.keys,
      );
      this.#only.set(name, columns);
    }
    return columns;
  }

  column(property: string): Column {
    return this.all.find((column) => column.property === property)!;
  }

  list(alias: string): string {
    return this.all.map((column) => `${alias}.${column.column} as ${quote(column.property)}`).join(', ');
  }

  /** The driver's row, which is the caller's alone, as the entity's type: most values are right as they are. */
  read(row: Record<string, unknown>): object {
    for (const { property, read } of this.#toRead) if (row[property] !== null) row[property] = read(row[property]);
    return row;
  }
}

const known = new WeakMap<object, Columns>();

export function columnsOf(orm: MikroORM, table: AnyTable): Columns {
  let columns = known.get(table);
  if (!columns) {
    columns = Columns.of(orm.getMetadata().getByClassName(table.meta.className as never) as unknown as EntityMetadata);
    known.set(table, columns);
  }
  return columns;
}

const quote = (name: string) => `"${name}"`;

function toColumn(prop: EntityProperty): Column {
  const type = prop.columnTypes[0]!;
  return {
    property: prop.name,
    name: prop.fieldNames[0]!,
    column: quote(prop.fieldNames[0]!),
    type: type === 'bigserial' ? 'bigint' : type,
    isKey: Boolean(prop.primary),
    hasDefault: prop.default !== undefined || Boolean(prop.autoincrement),
    read: readerOf(type),
  };
}

function readerOf(type: string): Column['read'] {
  if (type.startsWith('timestamptz')) return (value) => (value instanceof Date ? value : new Date(value as string));
  if (type === 'bigint' || type === 'bigserial') return Number;
  return null;
}
