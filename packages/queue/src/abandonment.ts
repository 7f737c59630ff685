import type { Job } from 'bullmq';

type Started = Pick<Job, 'id' | 'timestamp' | 'attemptsStarted' | 'stalledCounter'>;

interface Start {
  readonly sentAt: number;
  readonly start: number;
}

/** What one worker knows of the jobs that it took lately, to tell those that it was slow with from those that somebody died with. */
export class Abandonment {
  readonly #most: number;
  /** By job: when it was sent, and at which of its starts it was taken here without suspicion. */
  readonly #taken = new Map<string, Start>();

  /** Remembers this many jobs, those that were taken last. */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Whether whoever had the job before may have died with it; to be asked once for each start. Redis says that its lock ran
   * out, now or at an earlier start. Where the start before this one was here it was in the hands of a process that lives:
   * it stood still for a while, or could not tell Redis in time. A suspect stays one.
   */
  isSuspect({ id, timestamp, attemptsStarted, stalledCounter }: Started): boolean {
    const known = this.#taken.get(id!);
    const wasHere = known?.sentAt === timestamp && known.start === attemptsStarted - 1;
    // Those taken last stand last.
    this.#taken.delete(id!);
    if (stalledCounter > 0 && !wasHere) return true;
    this.#taken.set(id!, { sentAt: timestamp, start: attemptsStarted });
    if (this.#taken.size > this.#most) this.#taken.delete(this.#taken.keys().next().value!);
    return false;
  }
}
