/** What a carrier promises about lost answers and voids; the profile of every carrier adapter has these. */
export interface CarrierAbilities {
  /** The same key and body are charged once. */
  readonly idempotencyKey: boolean;
  /** How long it remembers a key, from the first use. */
  readonly keyLifetimeMs: number;
  /** Can say whether something was bought under our key or reference. */
  readonly lookUp: boolean;
  /**
   * Counted from `sent`: the time after which a purchase that cannot be found was provably not made.
   * It covers the call's own deadline and the carrier's delay together.
   */
  readonly horizonMs: number;
  /** Days after the purchase in which a label can be voided. */
  readonly voidWindowDays: number;
}

/** How an unknown outcome is resolved: asked for, repeated under the same key and body, or left to a person. */
export type Resolution = 'look_up' | 'repeat' | 'park';

/**
 * A look-up is preferred: it changes nothing. A repeat is as safe only while the carrier still knows the key,
 * and it must still know it at `until`, when the repeat may leave at the latest.
 */
export function resolutionFor(carrier: CarrierAbilities, sentAt: Date | null, until: Date): Resolution {
  if (carrier.lookUp) return 'look_up';
  if (!carrier.idempotencyKey || sentAt === null) return 'park';
  return until.getTime() - sentAt.getTime() < carrier.keyLifetimeMs ? 'repeat' : 'park';
}
