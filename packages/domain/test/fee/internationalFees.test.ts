import { describe, expect, test } from 'vitest';
import type { DomesticShipping } from '../../src/fee/domesticShipping.ts';
import type { FeeModel } from '../../src/fee/feeModel.ts';
import { feeSchedules } from '../../src/fee/feeScheduleData.ts';
import { currentFeeSchedule, feeScheduleOf, zoneOf } from '../../src/fee/feeZones.ts';
import {
  changeInternationalFees,
  internationalFeeFor,
  prefillFees,
  rateModelOfDomestic,
  validateInternationalFees,
  validateOneRateModel,
} from '../../src/fee/internationalFees.ts';
import { formatAmount } from '../../src/money/moneyText.ts';
import { countries } from '../../src/region/countries.ts';
import { regionsOf } from '../../src/region/regionTree.ts';
import { isDomestic, servedDestinations } from '../../src/region/servedDestinations.ts';
import { country } from '../region/country.ts';
import { band, perItem, refusalsOf, usd } from './amounts.ts';

const now = new Date('2026-06-01T00:00:00Z');
const schedule = currentFeeSchedule(now);
const banded: FeeModel = { kind: 'price_banded', bands: [band('0', null, '5')] };
const domestic = (fee: FeeModel): DomesticShipping => ({
  serviceLevels: [{ level: 'standard', transitDays: { min: 3, max: 5 }, fee }],
});

describe('the fee schedule', () => {
  test('versions count up with their days', () => {
    for (const [index, { version, effectiveFrom }] of feeSchedules.entries()) {
      expect(version).toBe(index + 1);
      if (index > 0) expect(effectiveFrom > feeSchedules[index - 1]!.effectiveFrom).toBe(true);
      expect(feeScheduleOf(version)?.version).toBe(version);
    }
    expect(feeScheduleOf(0)).toBeNull();
    expect(currentFeeSchedule(new Date('2001-01-01')).version).toBe(1);
  });

  test('every served destination has a zone in every version', () => {
    for (const each of feeSchedules) {
      for (const code of servedDestinations(now)) expect(zoneOf(each, code), code).not.toBeNull();
    }
  });

  test('no country or region is named by two zones', () => {
    const named = schedule.zones.flatMap(({ destinations }) => destinations);
    expect(new Set(named).size).toBe(named.length);
  });

  test('the narrowest entry decides', () => {
    expect(zoneOf(schedule, country('MX'))?.zone).toBe('Z1');
    expect(zoneOf(schedule, country('BR'))?.zone).toBe('Z4');
    expect(zoneOf(schedule, country('PL'))?.zone).toBe('Z2');
    expect(zoneOf(schedule, country('UA'))?.zone).toBe('Z5');
    expect(zoneOf(schedule, country('AU'))?.zone).toBe('Z3');
    expect(zoneOf(schedule, country('FJ'))?.zone).toBe('Z6');
    for (const { code } of countries.filter((c) => regionsOf(c.code).length > 0 && !isDomestic(c.code))) {
      expect(zoneOf(schedule, code), code).not.toBeNull();
    }
  });
});

describe('fees a template starts with (R10)', () => {
  test('the pre-fill is sound in both rate models, and marked as the programme’s', () => {
    for (const rateModel of ['shipment_based', 'price_banded'] as const) {
      const fees = prefillFees(schedule.version, rateModel);
      expect(refusalsOf(validateInternationalFees(fees))).toEqual([]);
      expect(fees.zones.every(({ setBy }) => setBy === 'programme')).toBe(true);
      expect(JSON.parse(JSON.stringify(fees))).toEqual(fees);
    }
    expect(() => prefillFees(999)).toThrow(RangeError);
  });

  test('the pre-fill follows the rate model of the domestic half', () => {
    for (const shipping of [domestic(perItem('1', '1')), domestic(banded)]) {
      const fees = prefillFees(1, rateModelOfDomestic(shipping));
      expect(validateOneRateModel(shipping, fees).ok).toBe(true);
    }
    expect(rateModelOfDomestic(null)).toBe('shipment_based');
  });

  test('a template with two rate models is refused at every zone that differs', () => {
    const decision = validateOneRateModel(domestic(banded), prefillFees(1), '/fees');
    expect(refusalsOf(decision)).toHaveLength(schedule.zones.length);
    expect(refusalsOf(decision)[0]).toBe('fee.rate_model_mixed /fees/zones/0/model/kind');
  });

  test('the fee of a destination is that of its zone', () => {
    const fees = prefillFees(1);
    const basis = { items: 1, weightGrams: 2_000, orderTotal: usd('30') };
    const decision = internationalFeeFor(fees, country('CA'), basis);
    expect(decision.ok && formatAmount(decision.value)).toBe('17.00');
    expect(refusalsOf(internationalFeeFor(fees, country('AQ'), basis))).toEqual([
      'fee.destination_without_zone /destination',
    ]);
  });
});

describe('the seller changes fees (R10)', () => {
  test('named zones change and are the seller’s, the others stay', () => {
    const fees = prefillFees(1);
    const decision = changeInternationalFees(fees, [{ zone: 'Z2', model: perItem('3', '2') }]);
    if (!decision.ok) throw new Error('refused');
    expect(decision.value.zones.find(({ zone }) => zone === 'Z2')).toEqual({
      zone: 'Z2',
      model: perItem('3', '2'),
      setBy: 'seller',
    });
    expect(decision.value.zones.filter(({ zone }) => zone !== 'Z2')).toEqual(
      fees.zones.filter(({ zone }) => zone !== 'Z2'),
    );
  });

  test.each([
    ['an unknown zone', [{ zone: 'Z99', model: perItem('1', '1') }], ['fee.zone_unknown /fees/0/zone']],
    [
      'a zone twice',
      [
        { zone: 'Z1', model: perItem('1', '1') },
        { zone: 'Z1', model: perItem('2', '1') },
      ],
      ['fee.zone_repeated /fees/1/zone'],
    ],
    ['a negative fee', [{ zone: 'Z1', model: perItem('-1', '1') }], ['fee.negative /fees/0/model/perShipment']],
  ] as const)('%s is refused', (_, changes, expected) => {
    expect(refusalsOf(changeInternationalFees(prefillFees(1), changes, '/fees'))).toEqual(expected);
  });

  test('price bands for one zone only are refused: one rate model per template', () => {
    const fees = prefillFees(1);
    expect(refusalsOf(changeInternationalFees(fees, [{ zone: 'Z2', model: banded }], '/fees'))).toEqual([
      'fee.rate_model_mixed /fees/0/model/kind',
    ]);
    const all = fees.zones.map(({ zone }) => ({ zone, model: banded }));
    const changed = changeInternationalFees(fees, all);
    expect(changed.ok && validateInternationalFees(changed.value).ok).toBe(true);
  });

  test('a set with a missing, repeated or unknown zone, or of an unknown schedule, is refused', () => {
    const { zones, scheduleVersion } = prefillFees(1);
    expect(refusalsOf(validateInternationalFees({ scheduleVersion, zones: zones.slice(1) }))).toEqual([
      'fee.zone_missing /zones',
    ]);
    expect(refusalsOf(validateInternationalFees({ scheduleVersion, zones: [...zones, zones[0]!] }))).toEqual([
      `fee.zone_repeated /zones/${zones.length}/zone`,
    ]);
    expect(refusalsOf(validateInternationalFees({ scheduleVersion: 99, zones }))).toEqual([
      'fee.schedule_unknown /scheduleVersion',
    ]);
  });
});
