import { describe, expect, test } from 'vitest';
import type { DomesticServiceLevel, ServiceLevel } from '../../src/fee/domesticShipping.ts';
import { transitDayLimits, validateDomesticShipping } from '../../src/fee/validateDomesticShipping.ts';
import { money } from '../../src/money/money.ts';
import { band, perItem, refusalsOf } from './amounts.ts';

const level = (name: ServiceLevel, over: Partial<DomesticServiceLevel> = {}): DomesticServiceLevel => ({
  level: name,
  transitDays: { min: 1, max: transitDayLimits[name] },
  fee: perItem(name === 'free_economy' ? '0' : '4.00', name === 'free_economy' ? '0' : '1.00'),
  ...over,
});

const judge = (...serviceLevels: readonly DomesticServiceLevel[]) =>
  refusalsOf(validateDomesticShipping({ serviceLevels }, '/domesticShipping'));

describe('domestic settings (R9)', () => {
  test('standard alone, or all five levels, are accepted', () => {
    expect(judge(level('standard'))).toEqual([]);
    const all: readonly ServiceLevel[] = ['standard', 'free_economy', 'expedited', 'two_day', 'one_day'];
    expect(judge(...all.map((name) => level(name)))).toEqual([]);
  });

  test('standard shipping is mandatory, whatever else is offered', () => {
    expect(judge()).toEqual(['domestic.standard_missing /domesticShipping/serviceLevels']);
    expect(judge(level('two_day'))).toEqual(['domestic.standard_missing /domesticShipping/serviceLevels']);
  });

  test.each([
    ['a level twice', [level('standard'), level('standard')], 'domestic.level_repeated', '/1/level'],
    [
      'an unknown level',
      [level('standard'), { ...level('standard'), level: 'pigeon' as never }],
      'domestic.level_unknown',
      '/1/level',
    ],
    [
      'no transit day',
      [level('standard', { transitDays: { min: 0, max: 5 } })],
      'domestic.transit_days_invalid',
      '/0/transitDays',
    ],
    [
      'swapped days',
      [level('standard', { transitDays: { min: 6, max: 5 } })],
      'domestic.transit_days_invalid',
      '/0/transitDays',
    ],
    [
      'half days',
      [level('standard', { transitDays: { min: 1, max: 4.5 } })],
      'domestic.transit_days_invalid',
      '/0/transitDays',
    ],
    [
      'a slow two-day level',
      [level('standard'), level('two_day', { transitDays: { min: 2, max: 3 } })],
      'domestic.transit_days_too_long',
      '/1/transitDays/max',
    ],
    [
      'free shipping with a fee',
      [level('standard'), level('free_economy', { fee: perItem('0', '1') })],
      'domestic.free_economy_charged',
      '/1/fee',
    ],
    [
      'a fee in euros',
      [level('standard', { fee: { kind: 'per_item', perShipment: money(1, 'EUR'), perItem: money(1, 'EUR') } })],
      'domestic.fee_currency',
      '/0/fee',
    ],
    ['a negative fee', [level('standard', { fee: perItem('-1', '0') })], 'fee.negative', '/0/fee/perShipment'],
    [
      'two rate models',
      [level('standard'), level('expedited', { fee: { kind: 'price_banded', bands: [band('0', null, '1')] } })],
      'domestic.rate_model_mixed',
      '/1/fee/kind',
    ],
  ] as const)('%s is refused at its field', (_, levels, code, field) => {
    expect(judge(...levels)).toEqual([`${code} /domesticShipping/serviceLevels${field}`]);
  });

  test('every fault is named, not only the first', () => {
    const faults = judge(level('expedited', { transitDays: { min: 2, max: 9 }, fee: perItem('-1', '0') }));
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'domestic.transit_days_too_long',
      'fee.negative',
      'domestic.standard_missing',
    ]);
  });
});
