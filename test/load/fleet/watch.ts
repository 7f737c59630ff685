import type { Database } from '@ge/database';

/** What was to be seen at one moment of the load. */
export interface Moment {
  /** Milliseconds since the load began. */
  readonly at: number;
  /** Messages ready to be run, by queue. */
  readonly backlog: Readonly<Record<string, number>>;
}

export interface Watched {
  readonly moments: readonly Moment[];
  /** How often a connection of the fleet was seen waiting, and for what; `CPU` is one that was working. */
  readonly waits: Readonly<Record<string, number>>;
}

/** Looks at the backlog and at what PostgreSQL waits for, until it is stopped. */
export class Watch {
  readonly #database: Database;
  readonly #begunAt = performance.now();
  readonly #moments: Moment[] = [];
  readonly #waits: Record<string, number> = {};
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> = Promise.resolve();

  constructor(database: Database, everyMs = 500) {
    this.#database = database;
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.#look().catch(() => undefined));
    }, everyMs);
  }

  get last(): Moment | undefined {
    return this.#moments.at(-1);
  }

  async stop(): Promise<Watched> {
    clearInterval(this.#timer);
    await this.#looking;
    return { moments: this.#moments, waits: this.#waits };
  }

  async #look(): Promise<void> {
    const backlog = await backlogByQueue(this.#database);
    this.#moments.push({ at: Math.round(performance.now() - this.#begunAt), backlog });
    const waits = await this.#database.query<{ what: string; n: number }>(
      `select coalesce(wait_event_type || ' ' || wait_event, 'CPU') as what, count(*)::int as n from pg_stat_activity
        where application_name like 'ge-%' and application_name <> 'ge-flood' and state = 'active' group by 1`,
    );
    for (const { what, n } of waits) this.#waits[what] = (this.#waits[what] ?? 0) + n;
  }
}

/** Messages that may be run now, by queue. */
export async function backlogByQueue(database: Database): Promise<Record<string, number>> {
  const rows = await database.query<{ queue: string; n: number }>(
    `select queue, count(*)::int as n from messages where state = 'ready' and (due_at is null or due_at <= now()) group by queue`,
  );
  return Object.fromEntries(rows.map(({ queue, n }) => [queue, n]));
}

/** How many are owed that are due within the next minutes; what is due later belongs to the programme's own calendar. */
export async function owedSoon(database: Database): Promise<number> {
  const rows = await database.query<{ n: number }>(
    `select count(*)::int as n from messages where state = 'ready' and (due_at is null or due_at <= now() + interval '10 minutes')`,
  );
  return rows[0]!.n;
}
