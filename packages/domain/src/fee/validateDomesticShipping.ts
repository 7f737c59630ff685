import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import { domesticRefusals } from './domesticRefusals.ts';
import type { DomesticServiceLevel, DomesticShipping, ServiceLevel } from './domesticShipping.ts';
import { type FeeModel, rateModelOf } from './feeModel.ts';
import { currencyOf, validateFeeModel } from './validateFeeModel.ts';

/** The slowest promise each service level may make, in business days. */
export const transitDayLimits: Readonly<Record<ServiceLevel, number>> = {
  standard: 15,
  free_economy: 15,
  expedited: 6,
  two_day: 2,
  one_day: 1,
};

const isFree = (fee: FeeModel): boolean => {
  if (fee.kind === 'per_item') return fee.perShipment.minor === 0 && fee.perItem.minor === 0;
  if (fee.kind === 'per_weight') return fee.perShipment.minor === 0 && fee.perUnit.minor === 0;
  return fee.bands.every((band) => band.fee.minor === 0);
};

function transitRefusals({ level, transitDays: { min, max } }: DomesticServiceLevel, field: string): Refusal[] {
  if (!Number.isInteger(min) || !Number.isInteger(max) || min < 1 || min > max) {
    return [domesticRefusals.refusal('domestic.transit_days_invalid', `${field}/transitDays`)];
  }
  const limit = transitDayLimits[level];
  if (max <= limit) return [];
  return [domesticRefusals.refusal('domestic.transit_days_too_long', `${field}/transitDays/max`, { level, limit })];
}

function feeRefusals({ level, fee }: DomesticServiceLevel, field: string): readonly Refusal[] {
  const currency = currencyOf(fee);
  if (currency !== null && currency !== 'USD') {
    return [domesticRefusals.refusal('domestic.fee_currency', `${field}/fee`)];
  }
  const decision = validateFeeModel(fee, `${field}/fee`, 'USD');
  if (!decision.ok) return decision.refusals;
  if (level !== 'free_economy' || isFree(fee)) return [];
  return [domesticRefusals.refusal('domestic.free_economy_charged', `${field}/fee`)];
}

/**
 * Judges the domestic settings that every template needs (R9): standard shipping always, each level once, plausible
 * transit days, sound fees in USD under one rate model. Refusals point into `field`.
 */
export function validateDomesticShipping(shipping: DomesticShipping, field = ''): Decision<DomesticShipping> {
  const levels = shipping.serviceLevels;
  const rateModel = levels[0] ? rateModelOf(levels[0].fee) : 'shipment_based';
  const refusals = levels.flatMap((entry, index): readonly Refusal[] => {
    const at = `${field}/serviceLevels/${index}`;
    if (!Object.hasOwn(transitDayLimits, entry.level)) {
      return [domesticRefusals.refusal('domestic.level_unknown', `${at}/level`)];
    }
    const repeated = levels.findIndex(({ level }) => level === entry.level) < index;
    const mixed = rateModelOf(entry.fee) !== rateModel;
    return [
      ...(repeated ? [domesticRefusals.refusal('domestic.level_repeated', `${at}/level`, { level: entry.level })] : []),
      ...transitRefusals(entry, at),
      ...feeRefusals(entry, at),
      ...(mixed ? [domesticRefusals.refusal('domestic.rate_model_mixed', `${at}/fee/kind`, { rateModel })] : []),
    ];
  });
  if (!levels.some(({ level }) => level === 'standard')) {
    refusals.push(domesticRefusals.refusal('domestic.standard_missing', `${field}/serviceLevels`));
  }
  return refusals.length > 0 ? refuse(...refusals) : accept(shipping);
}
