import type { ExportData } from '../eligibility/exportData.ts';
import { screenProduct } from '../eligibility/screening.ts';
import type { EligibilityVerdict } from '../eligibility/verdict.ts';
import type { Sku } from './sku.ts';

export interface SkuScreening {
  /** The SKU with the data and what the screening made of it; the same object when nothing changes. */
  readonly sku: Sku;
  /** With every finding, for whoever sent the data. */
  readonly verdict: EligibilityVerdict;
}

/** Takes in what the producer says of a product and keeps the programme's verdict beside it (R5), without regard to destination. */
export function screenSku(sku: Sku, exportData: ExportData | null, now: Date): SkuScreening {
  const verdict = screenProduct(exportData, null, now);
  const same = sku.verdict === verdict.verdict && sku.verdictRule === verdict.ruleId && sku.exportData === exportData;
  if (same) return { sku, verdict };
  return { sku: { ...sku, exportData, verdict: verdict.verdict, verdictRule: verdict.ruleId }, verdict };
}
