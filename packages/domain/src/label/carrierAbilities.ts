/** What a carrier promises about lost answers and voids; the profile of every carrier adapter has these. */
export interface CarrierAbilities {
  /** The same key and body are charged once. */
  readonly idempotencyKeys: boolean;
  /** Can say whether something was bought under our key or reference. */
  readonly lookUp: boolean;
  /**
   * Counted from `sent`: the time after which a purchase that cannot be found was provably not made.
   * It covers the call's own deadline and the carrier's delay together.
   */
  readonly horizonSeconds: number;
  /** How long the carrier remembers a key; `DEFAULT_KEY_LIFETIME_SECONDS` where it does not say. */
  readonly keyLifetimeSeconds?: number | undefined;
  /** Days after the purchase in which a label can be voided; left out where only the carrier knows. */
  readonly voidWindowDays?: number | undefined;
}

export const DEFAULT_KEY_LIFETIME_SECONDS = 86_400;

/** How an unknown outcome is resolved: asked for, repeated under the same key and body, or left to a person. */
export type Resolution = 'look_up' | 'repeat' | 'park';

/** A look-up is preferred: it changes nothing. A repeat is as safe only while the carrier still knows the key. */
export function resolutionFor(carrier: CarrierAbilities, sentAt: Date | null, now: Date): Resolution {
  if (carrier.lookUp) return 'look_up';
  if (!carrier.idempotencyKeys || sentAt === null) return 'park';
  const age = now.getTime() - sentAt.getTime();
  return age < (carrier.keyLifetimeSeconds ?? DEFAULT_KEY_LIFETIME_SECONDS) * 1000 ? 'repeat' : 'park';
}
