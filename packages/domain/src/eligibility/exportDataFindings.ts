import { isMoney } from '../money/money.ts';
import { isCountryCode } from '../region/countries.ts';
import type { ExportData } from './exportData.ts';
import { exportDataRefusals } from './exportDataRefusals.ts';
import { normalizeHsCode } from './hsCode.ts';
import { isProductCategory } from './productCategories.ts';
import type { EligibilityFinding } from './verdict.ts';

const incomplete = (
  ruleId: string,
  code: keyof typeof exportDataRefusals.texts,
  field: string,
): EligibilityFinding => ({
  ruleId,
  verdict: 'incomplete',
  reason: exportDataRefusals.refusal(code, field),
});

const isBlank = (text: string | null | undefined): text is null | undefined | '' =>
  text === null || text === undefined || text === '';

function hsCodeFindings({ hsCode }: ExportData): readonly EligibilityFinding[] {
  if (isBlank(hsCode)) return [incomplete('EL-M02', 'export.hs_code_missing', '/hsCode')];
  return normalizeHsCode(hsCode) === null ? [incomplete('EL-M03', 'export.hs_code_malformed', '/hsCode')] : [];
}

function originFindings({ originCountry }: ExportData): readonly EligibilityFinding[] {
  if (isBlank(originCountry)) return [incomplete('EL-M04', 'export.origin_missing', '/originCountry')];
  return isCountryCode(originCountry) ? [] : [incomplete('EL-M05', 'export.origin_unknown', '/originCountry')];
}

/** What is missing or cannot be right; each gap is a finding of its own. */
export function exportDataFindings(product: ExportData): readonly EligibilityFinding[] {
  const { category, weightGrams, value } = product;
  const hasWeight = typeof weightGrams === 'number' && Number.isSafeInteger(weightGrams) && weightGrams > 0;
  const hasValue = value !== null && value !== undefined && isMoney(value) && value.minor > 0;
  return [
    ...(isProductCategory(category) ? [] : [incomplete('EL-M01', 'export.category_unknown', '/category')]),
    ...hsCodeFindings(product),
    ...originFindings(product),
    ...(hasWeight ? [] : [incomplete('EL-M06', 'export.weight_missing', '/weightGrams')]),
    ...(hasValue ? [] : [incomplete('EL-M07', 'export.value_missing', '/value')]),
  ];
}

/** The finding for a product of which the producer has said nothing yet. */
export const noExportData: EligibilityFinding = incomplete('EL-M00', 'export_data.missing', '');
