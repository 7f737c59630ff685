import type { CountryCode } from '../identity/ids.ts';
import { coversDestination } from '../region/destination.ts';
import { destinationRefusals } from '../region/destinationRefusals.ts';
import { inForce } from '../region/policyPeriod.ts';
import { destinationBarOf } from '../region/servedDestinations.ts';
import { destinationBans } from './destinationBans.ts';
import { eligibilityRefusals } from './eligibilityRefusals.ts';
import type { ExportData } from './exportData.ts';
import { isUnderHeading, normalizeHsCode } from './hsCode.ts';
import type { EligibilityFinding } from './verdict.ts';

const FIELD = '/destination';

const barCodes = {
  domestic: 'destination.domestic',
  embargoed: 'destination.embargoed',
  unserved: 'destination.unserved',
} as const;

function barFindings(country: CountryCode, now: Date): readonly EligibilityFinding[] {
  const rule = destinationBarOf(country, now);
  if (!rule) return [];
  const reason = destinationRefusals.refusal(barCodes[rule.bar], FIELD, { country, code: country });
  return [{ ruleId: rule.id, verdict: 'prohibited', reason }];
}

/** What speaks against one destination: no delivery there, or its own import bans. */
export function destinationFindings(
  product: ExportData,
  country: CountryCode,
  now: Date,
): readonly EligibilityFinding[] {
  const hsCode = normalizeHsCode(product.hsCode ?? '') ?? '';
  const bans = destinationBans.filter(
    (ban) =>
      (ban.categories.includes(product.category) || isUnderHeading(hsCode, ban.hsPrefixes)) &&
      coversDestination(ban.destinations, country) &&
      inForce(ban, now),
  );
  return [
    ...barFindings(country, now),
    ...bans.map(({ id, subjectEn, subjectZh }): EligibilityFinding => {
      const params = { country, subjectEn, subjectZh };
      const reason = eligibilityRefusals.refusal('product.banned_at_destination', FIELD, params);
      return { ruleId: id, verdict: 'prohibited', reason };
    }),
  ];
}
