import { MikroORM } from '@mikro-orm/postgresql';
import { CompiledQuery, type Kysely } from 'kysely';
import { heardSocket } from './connection/heardSocket.ts';
import { prepareOften, sendPrepared } from './connection/preparedStatements.ts';
import { sessionSettings } from './connection/sessionSettings.ts';
import * as entities from './entities/index.ts';
import { Transaction } from './transaction.ts';

/**
 * SQLSTATEs of what every statement on a connection, or the same one again, would fail with: a write where only reading is
 * allowed, since the server has become a standby, and a prepared statement that gives other types than it did.
 */
const endingConnections: ReadonlySet<unknown> = new Set(['25006', '0A000']);

export interface DatabaseOptions {
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Connections at most; the default suits a worker with three transactions in flight. */
  readonly poolSize?: number;
  /** How long a server may be silent before its connection is given up, in milliseconds; longer than any transaction may take. */
  readonly silenceMs?: number;
  /** Transactions may take as long as they like: for migrations alone. */
  readonly endless?: boolean;
  /** Tables are read by index wherever one can be used, whatever the statistics say. */
  readonly byIndexAlone?: boolean;
  /** How long a connection may go by a plan it made, in milliseconds; see `sendPrepared`. */
  readonly plansKeptMs?: number;
}

/** One process's way to PostgreSQL. Opened once at boot, closed last at stop. */
export class Database {
  readonly orm: MikroORM;
  readonly #uses = new Set<Promise<unknown>>();
  #closed: Promise<void> | null = null;

  constructor(orm: MikroORM) {
    this.orm = orm;
  }

  /** Runs `work` in one READ COMMITTED transaction; whatever it throws rolls everything back. */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    // Not the ORM's own transactions: theirs never give a connection back that was lost before it could roll back.
    return this.#connected(async (connection) => {
      const run = (text: string) => connection.executeQuery(CompiledQuery.raw(text));
      const tx = new Transaction(this.orm, connection);
      await run('begin isolation level read committed');
      try {
        const result = await work(tx);
        await tx.end();
        await run('commit');
        return result;
      } catch (error) {
        // What went wrong first is what counts; a lost connection has nothing left to roll back.
        await run('rollback').catch(() => undefined);
        throw error;
      }
    });
  }

  /** One statement outside a transaction, with bound parameters `$1 …`. */
  async query<Row extends object>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    return this.#connected(async (connection) => {
      const result = await connection.executeQuery<Row>(CompiledQuery.raw(text, [...params]));
      return result.rows;
    });
  }

  /** Like `query`; each connection prepares the statement, see `prepareOften`. */
  async prepared<Row extends object>(text: string, params: readonly unknown[]): Promise<Row[]> {
    prepareOften(text);
    return this.query(text, params);
  }

  /** With a connection of the pool. One that would go on failing is ended: the pool would keep it, failover or not. */
  async #connected<T>(work: (connection: Kysely<unknown>) => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error('the database is closed');
    const use = this.#client.connection().execute(async (connection) => {
      try {
        return await work(connection);
      } catch (error) {
        if (endingConnections.has((error as { code?: unknown }).code)) await end(connection);
        throw error;
      }
    });
    this.#uses.add(use);
    try {
      return await use;
    } finally {
      this.#uses.delete(use);
    }
  }

  async ping(): Promise<void> {
    await this.query('select 1');
  }

  /** Ends every connection once what was asked before has been answered; whoever asks later is refused. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    // The query builder loses a connection that is only just being made while it closes, and waits for it forever.
    await Promise.allSettled(this.#uses);
    await this.orm.close(true);
  }

  get #client(): Kysely<unknown> {
    return this.orm.em.getConnection().getClient() as Kysely<unknown>;
  }
}

/** Has the server end the connection. The second statement fails when it has ended, and the pool can tell. */
async function end(connection: Kysely<unknown>): Promise<void> {
  for (const text of ['select pg_terminate_backend(pg_backend_pid())', 'select 1'])
    await connection.executeQuery(CompiledQuery.raw(text)).catch(() => undefined);
}

/** Connects and checks that the server answers. Throws the driver's error when it does not. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const orm = await MikroORM.init(ormOptions(options));
  const database = new Database(orm);
  await database.ping();
  return database;
}

/** The ORM's configuration; migrations use the same. */
export function ormOptions(options: DatabaseOptions) {
  const { url, applicationName, poolSize = 6, endless = false, plansKeptMs = 5_000 } = options;
  const { silenceMs = endless ? 0 : 75_000 } = options;
  return {
    entities: Object.values(entities),
    clientUrl: url,
    pool: { min: 0, max: poolSize, idleTimeoutMillis: 10_000 },
    driverOptions: {
      application_name: applicationName,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: 15_000,
      stream: () => heardSocket(silenceMs),
      // The pool's own hook: when it fails, the connection is closed and its place in the pool is free again.
      onConnect: async (client: Parameters<typeof sendPrepared>[0]) => {
        await sessionSettings(options)(client);
        sendPrepared(client, plansKeptMs);
      },
    },
    // Text keys and plain snapshots: nothing is gained from asking the server for its defaults after each insert.
    forceUtcTimezone: true,
    debug: false,
  } satisfies Parameters<typeof MikroORM.init>[0];
}
