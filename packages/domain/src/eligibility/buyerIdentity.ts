import type { CountryCode } from '../identity/ids.ts';
import { inForce, type PolicyPeriod } from '../region/policyPeriod.ts';

interface BuyerIdentityRule extends PolicyPeriod {
  readonly country: string;
}

/**
 * Where the carrier asks the buyer for an identity number before clearance; the promise is extended there and the
 * seller's metrics are not hurt.
 */
export const buyerIdentityRules: readonly BuyerIdentityRule[] = 'BO BR CL CN CR EC GT HN IN NI PE SV'
  .split(' ')
  .map((country) => ({ country, from: '2024-01-01' }));

/** Whether the buyer in that country will be asked for an identity number on that day. */
export const needsBuyerIdentity = (country: CountryCode, now: Date): boolean =>
  buyerIdentityRules.some((rule) => rule.country === country && inForce(rule, now));
