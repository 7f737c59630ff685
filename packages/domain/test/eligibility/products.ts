import type { ExportData, LithiumBatteries } from '../../src/eligibility/exportData.ts';
import type { EligibilityVerdict } from '../../src/eligibility/verdict.ts';

/** A T-shirt: nothing speaks against it. */
export const product = (over: Partial<ExportData> = {}): ExportData => ({
  category: 'apparel',
  hsCode: '6109.10.0012',
  originCountry: 'US',
  weightGrams: 180,
  value: { minor: 19_99, currency: 'USD' },
  ...over,
});

/** A phone's battery, within every limit. */
export const lithium = (over: Partial<LithiumBatteries> = {}): LithiumBatteries => ({
  chemistry: 'lithium_ion',
  packing: 'in_equipment',
  form: 'battery',
  count: 1,
  wattHours: 15,
  netWeightGrams: 60,
  ...over,
});

export const rulesOf = (verdict: EligibilityVerdict): readonly string[] =>
  verdict.findings.map(({ ruleId, reason }) => `${ruleId} ${reason.code} ${reason.field}`);
