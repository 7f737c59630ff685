import type { CountryCode } from '../identity/ids.ts';
import type { Money } from '../money/money.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import type { DomesticShipping } from './domesticShipping.ts';
import { type FeeBasis, feeFor } from './feeFor.ts';
import { type FeeModel, type RateModel, rateModelOf } from './feeModel.ts';
import { feeRefusals } from './feeRefusals.ts';
import type { FeeSchedule, FeeZone, InternationalFees, ZoneFee, ZoneId } from './feeSchedule.ts';
import { feeScheduleOf, zoneIdsOf, zoneOf } from './feeZones.ts';
import { validateFeeModel } from './validateFeeModel.ts';

const defaultModel = (zone: FeeZone, rateModel: RateModel): FeeModel =>
  rateModel === 'price_banded'
    ? zone.priceBanded
    : { kind: 'per_weight', perShipment: zone.perShipment, perUnit: zone.perKg, unit: 'kg' };

/** The rate model of a template's domestic half, which the pre-fill follows; by shipment where there is none yet. */
export const rateModelOfDomestic = (domestic: DomesticShipping | null): RateModel => {
  const first = domestic?.serviceLevels[0];
  return first ? rateModelOf(first.fee) : 'shipment_based';
};

/**
 * The fees a template starts with when GE is enabled (R10), in the rate model of its domestic half.
 * Throws RangeError on a version that does not exist.
 */
export function prefillFees(scheduleVersion: number, rateModel: RateModel = 'shipment_based'): InternationalFees {
  const schedule = feeScheduleOf(scheduleVersion);
  if (!schedule) throw new RangeError(`no fee schedule has version ${scheduleVersion}`);
  const zones = schedule.zones.map(
    (zone): ZoneFee => ({ zone: zone.zone, model: defaultModel(zone, rateModel), setBy: 'programme' }),
  );
  return { scheduleVersion, zones };
}

function zoneRefusals(fees: InternationalFees, schedule: FeeSchedule, field: string): readonly Refusal[] {
  const known = zoneIdsOf(schedule);
  const { version } = schedule;
  const named = fees.zones.flatMap(({ zone }, index) => {
    const at = `${field}/zones/${index}/zone`;
    if (!known.includes(zone)) {
      return [feeRefusals.refusal('fee.zone_unknown', at, { zone, version, zones: known.join(', ') })];
    }
    const first = fees.zones.findIndex((other) => other.zone === zone);
    return first < index ? [feeRefusals.refusal('fee.zone_repeated', at, { zone })] : [];
  });
  const missing = known
    .filter((zone) => !fees.zones.some((fee) => fee.zone === zone))
    .map((zone) => feeRefusals.refusal('fee.zone_missing', `${field}/zones`, { zone }));
  return [...named, ...missing];
}

const mixedRateModels = (fees: InternationalFees, rateModel: RateModel, field: string): readonly Refusal[] =>
  fees.zones.flatMap(({ model }, index) =>
    rateModelOf(model) === rateModel
      ? []
      : [feeRefusals.refusal('fee.rate_model_mixed', `${field}/zones/${index}/model/kind`, { rateModel })],
  );

/** Judges a whole set of international fees: one sound fee per zone of its schedule, one currency, one rate model. */
export function validateInternationalFees(fees: InternationalFees, field = ''): Decision<InternationalFees> {
  const schedule = feeScheduleOf(fees.scheduleVersion);
  if (!schedule) {
    const params = { version: fees.scheduleVersion };
    return refuse(feeRefusals.refusal('fee.schedule_unknown', `${field}/scheduleVersion`, params));
  }
  const zones = zoneRefusals(fees, schedule, field);
  if (zones.length > 0) return refuse(...zones);
  const models = fees.zones.flatMap(({ model }, index) => {
    const decision = validateFeeModel(model, `${field}/zones/${index}/model`, schedule.currency);
    return decision.ok ? [] : decision.refusals;
  });
  const mixed = mixedRateModels(fees, rateModelOf(fees.zones[0]!.model), field);
  return models.length + mixed.length > 0 ? refuse(...models, ...mixed) : accept(fees);
}

/** One template, one rate model: refuses international fees of another rate model than the domestic half's. */
export function validateOneRateModel(
  domestic: DomesticShipping,
  fees: InternationalFees,
  field = '',
): Decision<RateModel> {
  const rateModel = rateModelOfDomestic(domestic);
  const refusals = mixedRateModels(fees, rateModel, field);
  return refusals.length > 0 ? refuse(...refusals) : accept(rateModel);
}

export interface ZoneFeeChange {
  readonly zone: ZoneId;
  readonly model: FeeModel;
}

/** The seller's change of some zones (R10); the others stay, changed ones are marked as the seller's. `field` points to the list. */
export function changeInternationalFees(
  fees: InternationalFees,
  changes: readonly ZoneFeeChange[],
  field = '',
): Decision<InternationalFees> {
  const known = fees.zones.map(({ zone }) => zone);
  const refusals = changes.flatMap(({ zone, model }, index): readonly Refusal[] => {
    const at = `${field}/${index}`;
    if (!known.includes(zone)) {
      const params = { zone, version: fees.scheduleVersion, zones: known.join(', ') };
      return [feeRefusals.refusal('fee.zone_unknown', `${at}/zone`, params)];
    }
    if (changes.findIndex((other) => other.zone === zone) < index) {
      return [feeRefusals.refusal('fee.zone_repeated', `${at}/zone`, { zone })];
    }
    const decision = validateFeeModel(model, `${at}/model`, feeScheduleOf(fees.scheduleVersion)?.currency);
    return decision.ok ? [] : decision.refusals;
  });
  const untouched = fees.zones.find(({ zone }) => !changes.some((change) => change.zone === zone));
  const rateModel = rateModelOf((untouched ?? changes[0]!).model);
  const mixed = changes.flatMap(({ model }, index) =>
    rateModelOf(model) === rateModel
      ? []
      : [feeRefusals.refusal('fee.rate_model_mixed', `${field}/${index}/model/kind`, { rateModel })],
  );
  if (refusals.length + mixed.length > 0) return refuse(...refusals, ...mixed);
  const zones = fees.zones.map((fee): ZoneFee => {
    const change = changes.find(({ zone }) => zone === fee.zone);
    return change ? { zone: fee.zone, model: change.model, setBy: 'seller' } : fee;
  });
  return accept({ ...fees, zones });
}

/** The shipping fee to a country under a template's international fees. Refuses a country without a zone. */
export function internationalFeeFor(fees: InternationalFees, country: CountryCode, basis: FeeBasis): Decision<Money> {
  const schedule = feeScheduleOf(fees.scheduleVersion);
  const zone = schedule && zoneOf(schedule, country);
  const fee = zone && fees.zones.find((entry) => entry.zone === zone.zone);
  if (!fee) return refuse(feeRefusals.refusal('fee.destination_without_zone', '/destination', { country }));
  return feeFor(fee.model, basis);
}
