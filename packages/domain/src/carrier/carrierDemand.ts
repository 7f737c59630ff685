import type { BreakerRule, CarrierStanding, JudgedCall } from './carrierStanding.ts';

const before = { quote: 'noQuotesBefore', buy: 'noPurchasesBefore' } as const satisfies Record<
  JudgedCall,
  keyof CarrierStanding
>;

/**
 * Whether a time that a carrier asks to be left alone for belongs to its standing: where it is longer than one that is down is left
 * alone at first. Shorter ones pass before anybody has to know.
 */
export const isLongDemand = (ms: number, { pauseMs }: Pick<BreakerRule, 'pauseMs'>): boolean => ms > pauseMs;

/** It wants no calls of this kind for so many milliseconds. A demand that ends sooner does not shorten an earlier one. */
export function askedOff(standing: CarrierStanding, call: JudgedCall, ms: number, now: Date): CarrierStanding {
  const until = new Date(now.getTime() + ms);
  const known = standing[before[call]];
  return known !== null && known >= until ? standing : { ...standing, [before[call]]: until };
}

/** Until when it wants no calls of this kind; null: it may be called as far as that goes. */
export function askedOffUntil(
  standing: Pick<CarrierStanding, (typeof before)[JudgedCall]>,
  call: JudgedCall,
  now: Date,
): Date | null {
  const until = standing[before[call]];
  return until !== null && until > now ? until : null;
}
