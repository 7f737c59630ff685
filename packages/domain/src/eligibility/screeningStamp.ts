import type { PolicyPeriod } from '../region/policyPeriod.ts';
import { categoryRules, eligibilityPolicyVersion } from './categoryRules.ts';
import { originEmbargoes } from './goodsFindings.ts';
import { lithiumLimitTable } from './lithiumLimits.ts';

const tables: readonly (readonly PolicyPeriod[])[] = [categoryRules, originEmbargoes, lithiumLimitTable];

/** The days on which a row of the screening tables begins or ends to hold. */
const turns: readonly string[] = tables
  .flatMap((rows) => rows.flatMap(({ from, until }) => [from, until ?? from]))
  .sort();

/**
 * Names the screening that is in force on a day (UTC), without regard to destination: a verdict kept under the same stamp is
 * still right, one kept under another has to be found anew (R5).
 */
export function screeningStamp(now: Date): string {
  const day = now.toISOString().slice(0, 10);
  return `${eligibilityPolicyVersion}@${turns.findLast((turn) => turn <= day) ?? ''}`;
}
