import { type Database, readClockOffset } from '@ge/database';

/** The programme's time. Rules get it as `now`; leases are judged by the database's own clock instead. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/**
 * A clock that follows the offset kept in the programme's row, so that a demo or a test can let days pass for every
 * process at once. Only used where the configuration says `CLOCK=movable`.
 */
export class MovableClock implements Clock {
  readonly #database: Database;
  #offsetMs = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(database: Database) {
    this.#database = database;
  }

  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }

  async start(everyMs = 200): Promise<void> {
    await this.#read();
    this.#timer = setInterval(() => void this.#read().catch(() => undefined), everyMs);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  async #read(): Promise<void> {
    this.#offsetMs = await readClockOffset(this.#database);
  }
}
