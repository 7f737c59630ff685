/** What a carrier offers for finding out about a lost answer; one row of data per carrier. */
export interface CarrierAbilities {
  /** The carrier answers a repeat under the same idempotency key with the first result. */
  readonly idempotencyKey: boolean;
  /** How long it remembers a key, from the first use. */
  readonly keyLifetimeMs: number;
  /** Purchases can be found by our reference. */
  readonly lookUp: boolean;
  /**
   * Counted from `sent`: the time after which a purchase that cannot be found was provably not made.
   * It covers the call's own deadline and the carrier's delay together.
   */
  readonly horizonMs: number;
  /** Days after the purchase in which a label can be voided. */
  readonly voidWindowDays: number;
}

/** How an unknown outcome is resolved: asked for, repeated under the same key, or left to a person. */
export type Resolution = 'look_up' | 'repeat_with_key' | 'park';

/** A look-up is preferred: it changes nothing. A repeat is as safe only while the carrier still knows the key. */
export function resolutionFor(carrier: CarrierAbilities, firstSentAt: Date | null, now: Date): Resolution {
  if (carrier.lookUp) return 'look_up';
  if (!carrier.idempotencyKey || firstSentAt === null) return 'park';
  return now.getTime() - firstSentAt.getTime() < carrier.keyLifetimeMs ? 'repeat_with_key' : 'park';
}
