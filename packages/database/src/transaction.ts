import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { CompiledQuery, type Kysely } from 'kysely';
import { prepareOften } from './connection/preparedStatements.ts';
import {
  deleteStatement,
  findStatement,
  insertStatement,
  lockStatement,
  type Statement,
  updateAlikeStatement,
  updateStatement,
} from './rows/statements.ts';
import { type AnyTable, type Columns, columnsOf, type RowOf } from './rows/table.ts';

/** Names of a row's properties. */
type PropertyOf<T> = keyof RowOf<T> & string;

export type LockStrength = 'for update' | 'for no key update' | 'for share';

/**
 * One open transaction. The set-based calls below move any number of rows in one round trip, with columns and types
 * taken from the entity, so that a table is described once; `em` is MikroORM bound to the same transaction.
 */
export class Transaction {
  readonly #orm: MikroORM;
  #connection: Kysely<unknown> | null;
  #em: EntityManager | null = null;

  constructor(orm: MikroORM, connection: Kysely<unknown>) {
    this.#orm = orm;
    this.#connection = connection;
  }

  /** Made when first asked for: most transactions do without. What it has to write is written before the commit. */
  get em(): EntityManager {
    if (!this.#em) {
      this.#em = this.#orm.em.fork({ clear: true, useContext: false });
      this.#em.setTransactionContext(this.#connection);
    }
    return this.#em;
  }

  /** Writes what `em` still holds; from here on nothing can be run in this transaction. */
  async end(): Promise<void> {
    await this.#em?.flush();
    this.#connection = null;
  }

  /** One statement with bound parameters `$1 …`; rows as the driver gives them (timestamps and bigints as text). */
  async query<Row extends object>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    if (!this.#connection) throw new Error('The transaction has ended');
    const result = await this.#connection.executeQuery<Row>(CompiledQuery.raw(text, [...params]));
    return result.rows;
  }

  /** Like `query`; each connection prepares the statement, see `prepareOften`. */
  async prepared<Row extends object>(text: string, params: readonly unknown[]): Promise<Row[]> {
    prepareOften(text);
    return this.query(text, params);
  }

  /**
   * Runs `work` so that its failure can be taken back alone: the transaction goes on as if it had never begun, and the
   * error is thrown on. Each of its statements is cut off after `statementMs`, since what ends the connection could not be
   * taken back.
   */
  async apart<T>(statementMs: number, work: () => Promise<T>): Promise<T> {
    await this.query('savepoint apart');
    try {
      await this.query(`set local statement_timeout = ${statementMs}`);
      const result = await work();
      await this.query('set local statement_timeout to default');
      await this.query('release savepoint apart');
      return result;
    } catch (error) {
      await this.query('rollback to savepoint apart');
      throw error;
    }
  }

  /**
   * Like `query` with `select <columns> from <table> <tail>`, rows as the entity's type; of `properties` alone where they
   * are named, which is worth it where very many rows are read.
   */
  async select<T extends AnyTable, P extends PropertyOf<T> = PropertyOf<T>>(
    table: T,
    tail: string,
    params: readonly unknown[] = [],
    properties?: readonly P[],
  ): Promise<Pick<RowOf<T>, P>[]> {
    const columns = columnsOf(this.#orm, table).only(properties);
    return this.#read(columns, { text: `select ${columns.list('t')} from ${columns.table} t ${tail}`, params });
  }

  /** Like `select`; each connection prepares the statement, see `prepareOften`. */
  async selectPrepared<T extends AnyTable, P extends PropertyOf<T> = PropertyOf<T>>(
    table: T,
    tail: string,
    params: readonly unknown[],
    properties?: readonly P[],
  ): Promise<Pick<RowOf<T>, P>[]> {
    const columns = columnsOf(this.#orm, table).only(properties);
    const text = `select ${columns.list('t')} from ${columns.table} t ${tail}`;
    prepareOften(text);
    return this.#read(columns, { text, params });
  }

  async #read<R>(columns: Columns, { text, params }: Statement): Promise<R[]> {
    const rows = await this.query<Record<string, unknown>>(text, params);
    return rows.map((row) => columns.read(row) as R);
  }

  /**
   * Locks and reads the rows with these primary keys, in key order (the fleet's lock order within a table).
   * A composite key is an array in the order of the entity's primary keys. Missing rows are simply absent. `properties`
   * as with `select`.
   */
  async lock<T extends AnyTable, P extends PropertyOf<T> = PropertyOf<T>>(
    table: T,
    keys: readonly (string | number | readonly (string | number)[])[],
    strength: LockStrength = 'for no key update',
    properties?: readonly P[],
  ): Promise<Pick<RowOf<T>, P>[]> {
    if (keys.length === 0) return [];
    const columns = columnsOf(this.#orm, table).only(properties);
    const statement = lockStatement(columns, keys, strength);
    prepareOften(statement.text);
    return this.#read(columns, statement);
  }

  /** Reads the rows with these primary keys without locking them; missing rows are simply absent. `properties` as with `select`. */
  async find<T extends AnyTable, P extends PropertyOf<T> = PropertyOf<T>>(
    table: T,
    keys: readonly (string | number | readonly (string | number)[])[],
    properties?: readonly P[],
  ): Promise<Pick<RowOf<T>, P>[]> {
    if (keys.length === 0) return [];
    const columns = columnsOf(this.#orm, table).only(properties);
    const statement = findStatement(columns, keys);
    prepareOften(statement.text);
    return this.#read(columns, statement);
  }

  /** Inserts rows; those whose key or unique index exists already are left alone when `ifAbsent`. Returns how many went in. */
  async insert<T extends AnyTable>(table: T, rows: readonly Partial<RowOf<T>>[], ifAbsent = false): Promise<number> {
    if (rows.length === 0) return 0;
    const { text, params } = insertStatement(columnsOf(this.#orm, table), rows as readonly object[], ifAbsent);
    const inserted = await this.prepared<{ count: string }>(
      `with inserted as (${text} returning 1) select count(*) from inserted`,
      params,
    );
    return Number(inserted[0]?.count ?? 0);
  }

  /** Writes the named properties (all but the key by default) of rows that exist. Returns how many were there. */
  async update<T extends AnyTable, P extends PropertyOf<T> = PropertyOf<T>>(
    table: T,
    rows: readonly (Pick<RowOf<T>, P> & Partial<RowOf<T>>)[],
    properties?: readonly P[],
  ): Promise<number> {
    if (rows.length === 0) return 0;
    const { text, params } = updateStatement(columnsOf(this.#orm, table), rows as readonly object[], properties);
    const updated = await this.prepared<{ count: string }>(
      `with updated as (${text} returning 1) select count(*) from updated`,
      params,
    );
    return Number(updated[0]?.count ?? 0);
  }

  /**
   * Writes rows, by the entity's key, that have much in common: `each` are the properties in which they differ, none of
   * them a list; `alike` those of few values, which are sent once each. For changes that reach very many rows.
   */
  async updateAlike<T extends AnyTable, P extends PropertyOf<T>>(
    table: T,
    rows: readonly Partial<RowOf<T>>[],
    properties: { readonly each: readonly P[]; readonly alike: readonly P[] },
  ): Promise<void> {
    if (rows.length === 0) return;
    const { text, params } = updateAlikeStatement(columnsOf(this.#orm, table), rows as object[], properties);
    await this.query(text, params);
  }

  /** Deletes the rows with these primary keys. */
  async remove<T extends AnyTable>(table: T, rows: readonly RowOf<T>[]): Promise<void> {
    if (rows.length === 0) return;
    const { text, params } = deleteStatement(columnsOf(this.#orm, table), rows as readonly object[]);
    await this.prepared(text, params);
  }
}
