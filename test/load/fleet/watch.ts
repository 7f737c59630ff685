import type { Vantage } from '../vantage/vantage.ts';

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
  readonly #vantage: Pick<Vantage, 'backlog' | 'waits'>;
  readonly #begunAt = performance.now();
  readonly #moments: Moment[] = [];
  readonly #waits: Record<string, number> = {};
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | null = null;

  constructor(vantage: Pick<Vantage, 'backlog' | 'waits'>, everyMs = 500) {
    this.#vantage = vantage;
    this.#timer = setInterval(() => {
      // A fleet that answers slowly is not asked again before it has.
      this.#looking ??= this.#look()
        .catch(() => undefined)
        .finally(() => {
          this.#looking = null;
        });
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
    const [backlog, waits] = await Promise.all([this.#vantage.backlog(), this.#vantage.waits()]);
    this.#moments.push({ at: Math.round(performance.now() - this.#begunAt), backlog });
    for (const { what, n } of waits) this.#waits[what] = (this.#waits[what] ?? 0) + n;
  }
}
