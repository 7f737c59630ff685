import type { CallEnd, CarrierCall, CarrierGate, CarrierProfile, HeldCall, Pass } from '@ge/carriers';
import type { Database } from '@ge/database';
import {
  admitCall,
  askedOffUntil,
  type BreakerRule,
  type CarrierStanding,
  type HeldReason,
  isCalledAsEver,
  isLongDemand,
  type JudgedCall,
} from '@ge/domain';
import { type Bucket, type BucketSize, Limits, type QueueSpace } from '@ge/queue';
import { breakerRuleOf, isJudged } from './breakerRule.ts';
import { Standings } from './standings.ts';

export interface GateSurroundings {
  readonly database: Database;
  readonly space: QueueSpace;
  /** The longest deadline of a call in this process. */
  readonly timeoutMs: number;
}

/** A carrier that sends a call back without saying for how long is left alone for this time. */
const unsaidSeconds = 1;
/** Questions that a carrier that is down is asked in a second, all processes together. */
const whileDown = { perSecond: 2, burst: 2 };
/** Another one of a process may try a carrier that is down after this. */
const nextTryMs = 1_000;
/** A call whose time was up is tried anew after this. */
const lateMs = 250;
/** Those that are held come back over this time at most. */
const spreadMs = 10_000;
/** What a carrier asked for is looked at anew after this: people may have let it go on meanwhile. */
const longestHoldMs = 300_000;

/**
 * Limits and breakers of the carriers, shared by all processes: tokens and what carriers asked for in Redis, standings in
 * PostgreSQL. Neither is asked about a single call while a carrier has no limit and works.
 */
export class SharedGate implements CarrierGate {
  readonly #limits: Limits;
  readonly #standings: Standings;
  readonly #timeoutMs: number;
  /** When a purchase was last let through to try a carrier, by this process's own clock. */
  readonly #letThrough = new Map<string, number>();
  readonly #buckets = new Map<string, Bucket>();

  private constructor(limits: Limits, { database, timeoutMs }: GateSurroundings) {
    this.#limits = limits;
    this.#standings = new Standings(database);
    this.#timeoutMs = timeoutMs;
  }

  static async open(surroundings: GateSurroundings): Promise<SharedGate> {
    return new SharedGate(await Limits.open(surroundings.space), surroundings);
  }

  async enter(profile: CarrierProfile, call: CarrierCall, beginBy: number | undefined): Promise<Pass | HeldCall> {
    const { id } = profile;
    const rule = breakerRuleOf(profile, this.#timeoutMs);
    const standing = await this.#standings.look(id);
    if (isJudged(call)) {
      const notNow = this.#askedOff(standing, call) ?? this.#down(standing, rule);
      if (notNow) return notNow;
    } else if (standing.breaker !== 'closed') {
      const grant = await this.#bucket(`${id}.down`, whileDown).take('asked');
      // After the next try they may be asked as ever.
      const untilTried = this.#down(standing, rule)?.waitMs ?? nextTryMs * (1 + Math.random());
      if (!grant.granted) return held('down', Math.min(grant.waitMs, 2 * untilTried));
    }
    const { rate, burst } = profile;
    const bucket = this.#bucket(id, rate === null ? null : { perSecond: rate, burst });
    const taken = bucket.take(laneOf(call, standing), call === 'buy' ? Math.floor(burst / 5) : 0);
    // Not awaited where there is nothing to wait for: calls of one moment stay together.
    const grant = taken instanceof Promise ? await taken : taken;
    if (!grant.granted) return held('limit', grant.waitMs);
    const isProbe = isJudged(call) && standing.breaker !== 'closed';
    if (isProbe) {
      const admitted = await this.#standings.try(id, rule).catch(() => null);
      if (admitted?.kind === 'call') return this.#unlessLate(beginBy, false);
      if (admitted?.kind !== 'probe') return this.#down(await this.#standings.look(id), rule) ?? held('down', lateMs);
    }
    return this.#unlessLate(beginBy, isProbe);
  }

  async leave(
    profile: CarrierProfile,
    call: CarrierCall,
    { isProbe, beganAt }: Pass,
    end: CallEnd,
  ): Promise<HeldCall | null> {
    const rule = breakerRuleOf(profile, this.#timeoutMs);
    const answered = end.kind !== 'failed';
    // A process that was stopped meanwhile has heard nobody, whoever spoke.
    const isDeaf = !answered && performance.now() - beganAt > rule.probeMs;
    const askedMs = end.kind === 'answered' ? 0 : (end.retryAfterSeconds ?? unsaidSeconds) * 1_000;
    if (isJudged(call) && !isDeaf) {
      const askedOffMs = isLongDemand(askedMs, rule) ? askedMs : null;
      await this.#standings.tell(profile.id, { call, answered, askedOffMs, isProbe, beganAt }, rule);
    }
    if (end.kind !== 'limited') return null;
    const { rate, burst } = profile;
    const bucket = this.#bucket(profile.id, rate === null ? null : { perSecond: rate, burst });
    const lane = laneOf(call, await this.#standings.look(profile.id));
    return held('asked', await bucket.hush(lane, askedMs));
  }

  /**
   * Whether purchases at this carrier are better not begun. Asks nobody. Once the carrier may be tried, one of those that ask is
   * let through, so that not all of them are made ready in vain.
   */
  heldFor(profile: CarrierProfile): HeldCall | null {
    const standing = this.#standings.glance(profile.id);
    if (!standing) return null;
    const asked = this.#askedOff(standing, 'buy');
    if (asked || isCalledAsEver(standing)) return asked;
    const rule = breakerRuleOf(profile, this.#timeoutMs);
    const down = this.#down(standing, rule);
    if (down) return down;
    const now = performance.now();
    if (now - (this.#letThrough.get(profile.id) ?? Number.NEGATIVE_INFINITY) < nextTryMs) {
      return held('down', nextTryMs * (1 + Math.random()));
    }
    this.#letThrough.set(profile.id, now);
    return null;
  }

  close(): void {
    this.#limits.close();
  }

  /** Those that are held come back spread over a while: after a short time the bucket has turns for them, after a long one it need not. */
  #askedOff(standing: CarrierStanding, call: JudgedCall): HeldCall | null {
    const now = this.#standings.now();
    const until = askedOffUntil(standing, call, now);
    if (!until) return null;
    return held('asked', Math.min(until.getTime() - now.getTime(), longestHoldMs) + Math.random() * spreadMs);
  }

  #down(standing: CarrierStanding, rule: BreakerRule): HeldCall | null {
    const now = this.#standings.now();
    const admission = admitCall(standing, rule, now);
    if (admission.kind !== 'hold') return null;
    const ms = admission.until.getTime() - now.getTime();
    if (standing.stoppedAt !== null) return held('stopped', ms + Math.random() * spreadMs);
    return held('down', ms + Math.random() * Math.min(rule.pauseMs, spreadMs));
  }

  #unlessLate(beginBy: number | undefined, isProbe: boolean): Pass | HeldCall {
    const now = performance.now();
    return beginBy !== undefined && now > beginBy ? held('late', lateMs) : { kind: 'pass', isProbe, beganAt: now };
  }

  #bucket(name: string, size: BucketSize | null): Bucket {
    const known = this.#buckets.get(name);
    if (known) return known;
    const bucket = this.#limits.bucket(`carrier.${name}`, size);
    this.#buckets.set(name, bucket);
    return bucket;
  }
}

/** Of a kind of call. Once people have let the carrier go on it is another one, which nobody has closed. */
const laneOf = (call: CarrierCall, { letGoAt }: CarrierStanding): string =>
  letGoAt === null ? call : `${call}.${letGoAt.getTime()}`;

const held = (reason: HeldReason, waitMs: number): HeldCall => ({ kind: 'held', reason, waitMs: Math.ceil(waitMs) });
