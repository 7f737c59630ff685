import { inForce, type PolicyPeriod } from '../region/policyPeriod.ts';
import { categoryRules } from './categoryRules.ts';
import { eligibilityRefusals } from './eligibilityRefusals.ts';
import type { ExportData } from './exportData.ts';
import { isUnderHeading, normalizeHsCode } from './hsCode.ts';
import type { EligibilityFinding } from './verdict.ts';

/** Heaviest piece both carriers take, in grams. */
export const CARRIER_WEIGHT_LIMIT_GRAMS = 70_000;

interface OriginEmbargo extends PolicyPeriod {
  readonly id: string;
  readonly origin: string;
}

/** Goods of these origins may not be traded by persons in the United States, wherever they go. */
export const originEmbargoes: readonly OriginEmbargo[] = [
  { id: 'EL-O01', origin: 'CU', from: '1962-02-07' },
  { id: 'EL-O02', origin: 'IR', from: '1995-05-07' },
  { id: 'EL-O03', origin: 'KP', from: '2008-06-26' },
];

function categoryFindings({ category, hsCode }: ExportData, now: Date): readonly EligibilityFinding[] {
  const digits = normalizeHsCode(hsCode ?? '') ?? '';
  return categoryRules.flatMap((rule): readonly EligibilityFinding[] => {
    const byCategory = rule.categories.includes(category);
    const fits = byCategory || isUnderHeading(digits, rule.hsPrefixes);
    if (!fits || !inForce(rule, now)) return [];
    const reason = eligibilityRefusals.refusal(rule.code, byCategory ? '/category' : '/hsCode');
    return [{ ruleId: rule.id, verdict: rule.verdict, reason }];
  });
}

function originFindings({ originCountry }: ExportData, now: Date): readonly EligibilityFinding[] {
  return originEmbargoes
    .filter((rule) => rule.origin === originCountry && inForce(rule, now))
    .map(({ id, origin }) => {
      const reason = eligibilityRefusals.refusal('product.origin_embargoed', '/originCountry', { country: origin });
      return { ruleId: id, verdict: 'prohibited', reason };
    });
}

function weightFindings({ weightGrams }: ExportData): readonly EligibilityFinding[] {
  if (typeof weightGrams !== 'number' || !(weightGrams > CARRIER_WEIGHT_LIMIT_GRAMS)) return [];
  const params = { grams: weightGrams, limit: CARRIER_WEIGHT_LIMIT_GRAMS };
  const reason = eligibilityRefusals.refusal('product.too_heavy', '/weightGrams', params);
  return [{ ruleId: 'EL-W01', verdict: 'restricted', reason }];
}

/** What speaks against the goods themselves, wherever they go. */
export const goodsFindings = (product: ExportData, now: Date): readonly EligibilityFinding[] => [
  ...categoryFindings(product, now),
  ...originFindings(product, now),
  ...weightFindings(product),
];
