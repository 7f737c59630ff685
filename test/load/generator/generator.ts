import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { Latencies } from './latencies.ts';

/** What became of one start. `maybe`: no answer came, so it may have been accepted. */
export type Outcome = 'accepted' | 'refused' | 'overloaded' | 'maybe';

export interface Timed {
  /** From the intended start: what somebody who wanted it then had to wait. */
  readonly response: Latencies;
  /** From the actual start. */
  readonly service: Latencies;
}

/** What happened within one second of the load. */
export interface Second {
  started: number;
  ended: number;
  dropped: number;
}

export interface Generated {
  readonly started: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Why starts were not accepted, with how often. */
  readonly notAccepted: Readonly<Record<string, number>>;
  /** Starts that were left out because too many answers were missing. */
  readonly dropped: number;
  readonly byKind: ReadonlyMap<string, Timed>;
  readonly all: Timed;
  readonly seconds: readonly Second[];
  /** Actual length in milliseconds, to the last answer. */
  readonly tookMs: number;
  readonly generator: GeneratorHealth;
}

export interface GeneratorHealth {
  /** Share of the time that the generator's own event loop was busy, 0 to 1. */
  readonly busy: number;
  /** How late its timers came, in milliseconds. */
  readonly lateP99: number;
  /** Its latencies say more about itself than about the fleet. */
  readonly saturated: boolean;
}

const busyLimit = 0.9;
const lateLimitMs = 100;

export interface Start {
  readonly kind: string;
  readonly outcome: Outcome;
  /** Why it was not accepted, where that is known. */
  readonly why?: string | null;
}

export interface Load {
  /** Intended starts in milliseconds, in order; null: as soon as one of `atOnce` is free (closed model), for `seconds`. */
  readonly starts: Iterable<number> | null;
  readonly seconds: number;
  /** Open: beyond so many without an answer, starts are dropped. Closed: so many take turns. */
  readonly atOnce: number;
  /** Makes one start; `intendedAt` by `performance.now()`. */
  readonly start: (intendedAt: number) => Promise<Start>;
  readonly stopping: AbortSignal;
}

/** Runs a load to its last answer and tells times as whoever waited had them. What a start throws ends the load. */
export class Generator {
  readonly #outcomes: Record<Outcome, number> = { accepted: 0, refused: 0, overloaded: 0, maybe: 0 };
  readonly #notAccepted: Record<string, number> = {};
  readonly #byKind = new Map<string, Timed>();
  readonly #all: Timed = { response: new Latencies(), service: new Latencies() };
  readonly #seconds: Second[] = [];
  #started = 0;
  #dropped = 0;
  #underWay = 0;
  #beganAt = performance.now();

  /** For whoever watches while it runs. */
  get now(): { readonly started: number; readonly underWay: number; readonly dropped: number; readonly all: Timed } {
    return { started: this.#started, underWay: this.#underWay, dropped: this.#dropped, all: this.#all };
  }

  async run(load: Load): Promise<Generated> {
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const before: EventLoopUtilization = performance.eventLoopUtilization();
    this.#beganAt = performance.now();
    const running = new Set<Promise<void>>();
    const failures: unknown[] = [];
    const failed = new AbortController();
    const until = { ...load, stopping: AbortSignal.any([load.stopping, failed.signal]) };
    const begin = (intendedAt: number) => {
      const one = this.#one(load, intendedAt)
        .catch((error: unknown) => {
          failures.push(error);
          failed.abort();
        })
        .finally(() => running.delete(one));
      running.add(one);
      return one;
    };
    if (load.starts) await this.#open(until, load.starts, begin);
    else await this.#closed(until, begin);
    const busy = performance.eventLoopUtilization(before).utilization;
    const lateP99 = Math.max(0, delay.percentile(99) / 1e6 - 10);
    delay.disable();
    await Promise.all(running);
    if (failures.length > 0) throw failures[0];
    return {
      started: this.#started,
      outcomes: this.#outcomes,
      notAccepted: this.#notAccepted,
      dropped: this.#dropped,
      byKind: this.#byKind,
      all: this.#all,
      seconds: this.#seconds,
      tookMs: performance.now() - this.#beganAt,
      generator: { busy, lateP99, saturated: busy > busyLimit || lateP99 > lateLimitMs },
    };
  }

  async #open(
    { atOnce, stopping }: Load,
    starts: Iterable<number>,
    begin: (at: number) => Promise<void>,
  ): Promise<void> {
    for (const start of starts) {
      const intendedAt = this.#beganAt + start;
      const ahead = intendedAt - performance.now();
      if (ahead > 0) await wait(Math.ceil(ahead), undefined, { signal: stopping }).catch(() => undefined);
      if (stopping.aborted) return;
      if (this.#underWay < atOnce) void begin(intendedAt);
      else {
        this.#dropped += 1;
        this.#second().dropped += 1;
      }
    }
  }

  async #closed({ seconds, atOnce, stopping }: Load, begin: (at: number) => Promise<void>): Promise<void> {
    const end = this.#beganAt + seconds * 1_000;
    const turn = async () => {
      while (performance.now() < end && !stopping.aborted) await begin(performance.now());
    };
    await Promise.all(Array.from({ length: atOnce }, turn));
  }

  async #one({ start }: Load, intendedAt: number): Promise<void> {
    this.#started += 1;
    this.#underWay += 1;
    this.#second().started += 1;
    const startedAt = performance.now();
    const { kind, outcome, why = null } = await start(intendedAt);
    const endedAt = performance.now();
    this.#underWay -= 1;
    this.#outcomes[outcome] += 1;
    if (outcome !== 'accepted' && why !== null) this.#notAccepted[why] = (this.#notAccepted[why] ?? 0) + 1;
    this.#second().ended += 1;
    let timed = this.#byKind.get(kind);
    if (!timed) {
      timed = { response: new Latencies(), service: new Latencies() };
      this.#byKind.set(kind, timed);
    }
    for (const { response, service } of [timed, this.#all]) {
      response.record(endedAt - intendedAt);
      service.record(endedAt - startedAt);
    }
  }

  #second(): Second {
    const at = Math.floor((performance.now() - this.#beganAt) / 1_000);
    while (this.#seconds.length <= at) this.#seconds.push({ started: 0, ended: 0, dropped: 0 });
    return this.#seconds[at]!;
  }
}
