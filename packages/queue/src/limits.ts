import { once } from 'node:events';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { Bucket } from './bucket.ts';
import type { BucketSize } from './bucketRules.ts';
import { connectionOfCounters, type QueueConnection, type QueueSpace } from './connection.ts';

const patienceMs = 1_000;

/** How much of something one caller may have in a span of time. */
export interface Allowance {
  /** Part of the counter's name in Redis: short, stable. */
  readonly name: string;
  readonly amount: number;
  readonly seconds: number;
}

/** What is left after a call. */
export interface Standing {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the allowance is whole again. */
  readonly secondsToReset: number;
}

/** Counts callers in fixed spans of time, together with every other process of the fleet. */
export interface Limiter {
  readonly allowance: Allowance;
  /** Counts and judges at once, so that many at the same time gain nothing. */
  take(caller: string): Promise<Standing>;
  /** Judges by what was counted before; `secondsToReset` is 0 where nothing was. */
  look(caller: string): Promise<Standing>;
  /** Counts what has been had already; a negative amount gives it back. */
  add(caller: string, amount: number): Promise<void>;
}

/**
 * Limiters whose counters lie in Redis. While Redis is away each process counts for itself, so that its loss neither
 * stops the callers nor lets them have everything.
 */
export class Limits {
  readonly #redis: QueueConnection;
  readonly #namespace: string;

  private constructor(redis: QueueConnection, namespace: string) {
    this.#redis = redis;
    this.#namespace = namespace;
  }

  /** Waits for Redis for a moment, so that the first calls are counted together with everybody's; without it if it is away. */
  static async open(space: QueueSpace): Promise<Limits> {
    const redis = connectionOfCounters(space);
    await once(redis, 'ready', { signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined);
    return new Limits(redis, space.namespace);
  }

  limiter(allowance: Allowance): Limiter {
    const counter = {
      points: allowance.amount,
      duration: allowance.seconds,
      keyPrefix: `${this.#namespace}:limits:${allowance.name}`,
    };
    const shared = new RateLimiterRedis({
      ...counter,
      storeClient: this.#redis,
      rejectIfRedisNotReady: true,
      // Who has had everything is told so without asking Redis again.
      inMemoryBlockOnConsumed: allowance.amount + 1,
      insuranceLimiter: new RateLimiterMemory(counter),
    });
    return {
      allowance,
      take: async (caller) => {
        try {
          return standingOf(await shared.consume(caller), true);
        } catch (refusal) {
          if (refusal instanceof RateLimiterRes) return standingOf(refusal, false);
          throw refusal;
        }
      },
      look: async (caller) => {
        const counted = await shared.get(caller);
        if (!counted) return { allowed: true, remaining: allowance.amount, secondsToReset: 0 };
        return standingOf(counted, counted.consumedPoints < allowance.amount);
      },
      add: async (caller, amount) => {
        if (amount > 0) await shared.penalty(caller, amount);
        if (amount < 0) await shared.reward(caller, -amount);
      },
    };
  }

  /**
   * Tokens at a steady rate: where spans would let twice as much pass at their border. `name`: part of its keys in Redis, short
   * and stable. Without a size there are as many as are wanted, while nobody asks for fewer.
   */
  bucket(name: string, size: BucketSize | null): Bucket {
    return new Bucket(this.#redis, `${this.#namespace}:limits:${name}`, size);
  }

  close(): void {
    this.#redis.disconnect();
  }
}

const standingOf = ({ remainingPoints, msBeforeNext }: RateLimiterRes, allowed: boolean): Standing => ({
  allowed,
  remaining: Math.max(0, remainingPoints),
  secondsToReset: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
});
