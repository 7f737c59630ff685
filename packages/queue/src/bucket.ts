import type { Cluster, Redis } from 'ioredis';
import { type BucketSize, type BucketState, hushed, takeFrom } from './bucketRules.ts';
import { hushScript, takeScript } from './bucketScripts.ts';
import type { QueueConnection } from './connection.ts';

/** What a lane without a limit was last seen as holds for so long: nobody asks Redis about each call. */
const seenMs = 200;
/** Once Redis did not answer, it is not asked for so long: each process counts for itself meanwhile. */
const awayMs = 1_000;
/** Whoever got no token comes back by then at the latest: limits and Redis may have changed. */
const longestWaitMs = 300_000;

export type Grant = { readonly granted: true } | { readonly granted: false; readonly waitMs: number };

type Scripted = { take(...args: ScriptArgs): Promise<unknown>; hush(...args: ScriptArgs): Promise<unknown> };
type ScriptArgs = readonly [bucketKey: string, laneKey: string, ...(string | number)[]];

interface Lane {
  state: BucketState['lane'];
  /** Since when nobody has asked for less, by this process's own clock; null: it has to be asked for. */
  freeSince: number | null;
  readonly waiting: ((grant: Grant) => void)[];
  asking: boolean;
}

/**
 * Tokens that all processes of the fleet take from one bucket, in lanes that may be closed for a while. Takers of one moment
 * share a round trip; without a size there is none as long as the lane is free. While Redis is away each process has the bucket
 * for itself.
 */
export class Bucket {
  readonly #redis: QueueConnection & Scripted;
  readonly #key: string;
  readonly #size: BucketSize | null;
  readonly #lanes = new Map<string, Lane>();
  #own: BucketState['bucket'] = null;
  #awayUntil = 0;

  constructor(redis: QueueConnection, key: string, size: BucketSize | null) {
    this.#redis = withScripts(redis);
    this.#key = key;
    this.#size = size;
  }

  /** A token for a call of this lane, or when to come back for one. `reserve`: so many tokens this lane leaves to others. */
  take(lane: string, reserve = 0): Promise<Grant> | Grant {
    const entry = this.#lane(lane);
    const { freeSince } = entry;
    if (!this.#size && freeSince !== null && performance.now() - freeSince < seenMs) return { granted: true };
    const { promise, resolve } = Promise.withResolvers<Grant>();
    entry.waiting.push(resolve);
    if (!entry.asking) void this.#askFor(lane, entry, reserve);
    return promise;
  }

  /** Closes a lane for `ms`, for all processes. Returns when whoever was told so may come back, in milliseconds. */
  async hush(lane: string, ms: number): Promise<number> {
    const entry = this.#lane(lane);
    entry.freeSince = null;
    // Kept here, too: Redis may go away.
    const own = hushed({ bucket: null, lane: entry.state }, ms, Date.now());
    entry.state = own.state.lane;
    const shared = await this.#shared(() => this.#redis.hush(...this.#keys(lane), '', ms));
    return Math.min(shared === null ? own.waits[0]! : Number(shared), longestWaitMs);
  }

  async #askFor(lane: string, entry: Lane, reserve: number): Promise<void> {
    entry.asking = true;
    while (entry.waiting.length > 0) {
      const asked = performance.now();
      const takers = entry.waiting.splice(0);
      const { granted, isFree, waits } = await this.#taken(lane, entry, takers.length, reserve);
      entry.freeSince = isFree ? asked : null;
      for (const [no, grant] of takers.entries()) {
        if (no < granted) grant({ granted: true });
        else grant({ granted: false, waitMs: Math.min(waits[no - granted]!, longestWaitMs) });
      }
    }
    entry.asking = false;
  }

  async #taken(lane: string, entry: Lane, wanted: number, reserve: number) {
    const { perSecond = 0, burst = 0 } = this.#size ?? {};
    const args = ['', perSecond, burst, wanted, reserve] as const;
    const shared = await this.#shared(() => this.#redis.take(...this.#keys(lane), ...args));
    if (shared !== null) {
      const [granted, isMinded, waits] = shared as [number, 0 | 1, number[]];
      return { granted, isFree: isMinded === 0, waits };
    }
    const known = { bucket: this.#own, lane: entry.state };
    const own = takeFrom(known, { size: this.#size, wanted, reserve }, Date.now());
    this.#own = own.state.bucket;
    entry.state = own.state.lane;
    return { granted: own.granted, isFree: own.state.lane === null, waits: own.waits };
  }

  /** null: Redis does not answer. */
  async #shared(ask: () => Promise<unknown>): Promise<unknown> {
    if (performance.now() < this.#awayUntil) return null;
    try {
      return await ask();
    } catch {
      this.#awayUntil = performance.now() + awayMs;
      return null;
    }
  }

  #lane(lane: string): Lane {
    const known = this.#lanes.get(lane);
    if (known) return known;
    const entry: Lane = { state: null, freeSince: null, waiting: [], asking: false };
    this.#lanes.set(lane, entry);
    return entry;
  }

  /** Of one hash slot, as a script needs them in a Redis Cluster. */
  #keys(lane: string): [string, string] {
    return [`{${this.#key}}`, `{${this.#key}}:${lane}`];
  }
}

function withScripts(redis: QueueConnection): QueueConnection & Scripted {
  const scripted = redis as (Redis | Cluster) & Scripted;
  if (!('hush' in redis)) {
    redis.defineCommand('take', { numberOfKeys: 2, lua: takeScript });
    redis.defineCommand('hush', { numberOfKeys: 2, lua: hushScript });
  }
  return scripted;
}
