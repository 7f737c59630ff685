import { dangerousGoodsRefusals } from './dangerousGoodsRefusals.ts';
import type { LithiumBatteries } from './exportData.ts';
import { type LithiumLimits, lithiumLimits } from './lithiumLimits.ts';
import type { EligibilityFinding, Verdict } from './verdict.ts';

const AT = '/dangerousGoods/lithium';

const finding = (
  ruleId: string,
  verdict: Exclude<Verdict, 'eligible'>,
  code: keyof typeof dangerousGoodsRefusals.texts,
  field: string,
  params = {},
): EligibilityFinding => ({ ruleId, verdict, reason: dangerousGoodsRefusals.refusal(code, field, params) });

const isPositive = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0;

const missing = (what: keyof LithiumBatteries): EligibilityFinding =>
  finding('EL-L03', 'incomplete', 'lithium.data_missing', `${AT}/${what}`, { what });

function contentFindings(batteries: LithiumBatteries, limits: LithiumLimits): readonly EligibilityFinding[] {
  const ion = batteries.chemistry === 'lithium_ion';
  const name = ion ? 'wattHours' : 'lithiumGrams';
  const figure = batteries[name];
  if (!isPositive(figure)) return [missing(name)];
  const limit = limits[name][batteries.form];
  if (figure <= limit) return [];
  const params = { form: batteries.form, figure, limit, unit: ion ? 'Wh' : 'g' };
  return [finding('EL-L04', 'restricted', 'lithium.over_limit', `${AT}/${name}`, params)];
}

function netWeightFindings({ netWeightGrams }: LithiumBatteries, limits: LithiumLimits): readonly EligibilityFinding[] {
  if (!isPositive(netWeightGrams)) return [missing('netWeightGrams')];
  if (netWeightGrams <= limits.netWeightGrams) return [];
  const params = { grams: netWeightGrams, limit: limits.netWeightGrams };
  return [finding('EL-L05', 'restricted', 'lithium.net_weight', `${AT}/netWeightGrams`, params)];
}

function chargeFindings(batteries: LithiumBatteries, limits: LithiumLimits): readonly EligibilityFinding[] {
  const { chemistry, packing, wattHours, stateOfChargePercent: charge } = batteries;
  if (limits.charge === null || chemistry !== 'lithium_ion' || packing !== 'with_equipment') return [];
  if (!isPositive(wattHours) || wattHours <= limits.charge.aboveWattHours) return [];
  if (typeof charge !== 'number' || !(charge >= 0 && charge <= 100)) return [missing('stateOfChargePercent')];
  if (charge <= limits.charge.percent) return [];
  const params = { limit: limits.charge.percent };
  return [finding('EL-L06', 'restricted', 'lithium.charged', `${AT}/stateOfChargePercent`, params)];
}

const unNumberOf = ({ chemistry, packing }: LithiumBatteries): string => {
  if (chemistry === 'lithium_ion') return packing === 'alone' ? 'UN3480' : 'UN3481';
  return packing === 'alone' ? 'UN3090' : 'UN3091';
};

/** Judges lithium batteries under their UN number: alone never; with or in equipment within Section II only. */
export function lithiumFindings(
  unNumber: string,
  batteries: LithiumBatteries | null | undefined,
  now: Date,
): readonly EligibilityFinding[] {
  if (unNumber === 'UN3480' || unNumber === 'UN3090') {
    return [finding('EL-L01', 'prohibited', 'lithium.alone', '/dangerousGoods/unNumber', { unNumber })];
  }
  if (!batteries) return [finding('EL-L03', 'incomplete', 'lithium.data_missing', AT, { what: 'lithium' })];
  if (unNumberOf(batteries) !== unNumber) {
    return [finding('EL-L02', 'incomplete', 'lithium.data_contradicts', AT, { unNumber })];
  }
  const limits = lithiumLimits(now);
  return [
    ...(Number.isSafeInteger(batteries.count) && batteries.count > 0 ? [] : [missing('count')]),
    ...contentFindings(batteries, limits),
    ...netWeightFindings(batteries, limits),
    ...chargeFindings(batteries, limits),
  ];
}
