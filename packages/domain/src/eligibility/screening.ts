import type { CountryCode } from '../identity/ids.ts';
import { eligibilityPolicyVersion } from './categoryRules.ts';
import { dangerousGoodsFindings } from './dangerousGoodsFindings.ts';
import { destinationFindings } from './destinationFindings.ts';
import type { ExportData } from './exportData.ts';
import { exportDataFindings, noExportData } from './exportDataFindings.ts';
import { goodsFindings } from './goodsFindings.ts';
import type { EligibilityFinding, EligibilityVerdict, Verdict } from './verdict.ts';

export type { DangerousGoods, ExportData, LithiumBatteries } from './exportData.ts';
export type { EligibilityFinding, EligibilityVerdict, Verdict } from './verdict.ts';

const severity: Readonly<Record<Verdict, number>> = { prohibited: 3, restricted: 2, incomplete: 1, eligible: 0 };

function verdictOf(found: readonly EligibilityFinding[]): EligibilityVerdict {
  const findings = found.toSorted((a, b) => severity[b.verdict] - severity[a.verdict]);
  const worst = findings[0];
  return {
    verdict: worst?.verdict ?? 'eligible',
    ruleId: worst?.ruleId ?? null,
    findings,
    policyVersion: eligibilityPolicyVersion,
  };
}

/**
 * Screens a product for export (R5), to one destination or, without one, in general. A destination can only add findings.
 * Missing data is a verdict of its own, unless what is known already forbids the product. Fields of the reasons point into the product.
 */
export function screenProduct(
  product: ExportData | null,
  destination: CountryCode | null | undefined,
  now: Date,
): EligibilityVerdict {
  const known = product ?? { category: '' };
  return verdictOf([
    ...goodsFindings(known, now),
    ...(known.dangerousGoods ? dangerousGoodsFindings(known.dangerousGoods, now) : []),
    ...(destination ? destinationFindings(known, destination, now) : []),
    ...(product ? exportDataFindings(product) : [noExportData]),
  ]);
}
