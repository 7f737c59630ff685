import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DangerousGoods, LithiumBatteries } from '../../src/eligibility/exportData.ts';
import { screenProduct } from '../../src/eligibility/screening.ts';
import { screeningStamp } from '../../src/eligibility/screeningStamp.ts';
import { lithium, product, rulesOf } from './products.ts';

const now = new Date('2026-06-01T00:00:00Z');
const goods = (dangerousGoods: DangerousGoods, at = now) => screenProduct(product({ dangerousGoods }), null, at);
const ion = (over: Partial<LithiumBatteries> = {}) => ({ unNumber: 'UN3481', lithium: lithium(over) });
const metal = (over: Partial<LithiumBatteries> = {}) => ({
  unNumber: 'UN3091',
  lithium: lithium({ chemistry: 'lithium_metal', wattHours: null, lithiumGrams: 0.5, ...over }),
});

describe('dangerous goods by UN number', () => {
  test.each([
    ['UN0336', 'prohibited', 'EL-D02'],
    ['UN2814', 'prohibited', 'EL-D03'],
    ['UN2911', 'prohibited', 'EL-D04'],
    ['UN1950', 'restricted', 'EL-D05'],
    ['UN1266', 'restricted', 'EL-D05'],
    ['UN3480', 'prohibited', 'EL-L01'],
    ['UN3090', 'prohibited', 'EL-L01'],
    ['3481', 'incomplete', 'EL-D01'],
    ['UN34810', 'incomplete', 'EL-D01'],
    ['un3481', 'incomplete', 'EL-D01'],
  ])('%s is %s by %s', (unNumber, verdict, ruleId) => {
    expect(goods({ unNumber, lithium: lithium() })).toMatchObject({ verdict, ruleId });
  });
});

describe('lithium batteries (Section II)', () => {
  test.each([
    ['a phone battery', ion()],
    ['100 Wh', ion({ wattHours: 100 })],
    ['a 20 Wh cell', ion({ form: 'cell', wattHours: 20 })],
    ['2 g of lithium', metal({ lithiumGrams: 2 })],
    ['a cell of 1 g', metal({ form: 'cell', lithiumGrams: 1 })],
    ['5 kg net', ion({ netWeightGrams: 5_000 })],
    ['packed with equipment at 30 %', ion({ packing: 'with_equipment', stateOfChargePercent: 30 })],
    ['a tiny one with equipment, fully charged', ion({ packing: 'with_equipment', wattHours: 2.7 })],
    ['metal with equipment: charge does not matter', metal({ packing: 'with_equipment' })],
  ])('%s is eligible', (_, dangerousGoods) => {
    expect(goods(dangerousGoods).findings).toEqual([]);
  });

  test.each([
    ['100.1 Wh', ion({ wattHours: 100.1 }), 'EL-L04 lithium.over_limit /dangerousGoods/lithium/wattHours'],
    [
      'a 21 Wh cell',
      ion({ form: 'cell', wattHours: 21 }),
      'EL-L04 lithium.over_limit /dangerousGoods/lithium/wattHours',
    ],
    ['2.1 g', metal({ lithiumGrams: 2.1 }), 'EL-L04 lithium.over_limit /dangerousGoods/lithium/lithiumGrams'],
    ['5001 g net', ion({ netWeightGrams: 5_001 }), 'EL-L05 lithium.net_weight /dangerousGoods/lithium/netWeightGrams'],
    [
      'packed with equipment at 31 %',
      ion({ packing: 'with_equipment', stateOfChargePercent: 31 }),
      'EL-L06 lithium.charged /dangerousGoods/lithium/stateOfChargePercent',
    ],
  ])('%s is restricted', (_, dangerousGoods, finding) => {
    expect(goods(dangerousGoods).verdict).toBe('restricted');
    expect(rulesOf(goods(dangerousGoods))).toEqual([finding]);
  });

  test.each([
    ['no battery data', { unNumber: 'UN3481' }, 'EL-L03'],
    ['no rating', ion({ wattHours: null }), 'EL-L03'],
    ['no net weight', ion({ netWeightGrams: undefined }), 'EL-L03'],
    ['no count', ion({ count: 0 }), 'EL-L03'],
    ['no state of charge with equipment', ion({ packing: 'with_equipment' }), 'EL-L03'],
    ['a metal battery under UN3481', { ...metal(), unNumber: 'UN3481' }, 'EL-L02'],
    ['batteries alone under UN3481', ion({ packing: 'alone' }), 'EL-L02'],
  ])('%s is incomplete', (_, dangerousGoods, ruleId) => {
    expect(goods(dangerousGoods)).toMatchObject({ verdict: 'incomplete', ruleId });
  });

  test('the state of charge counts from 2026 on', () => {
    const charged = ion({ packing: 'with_equipment', stateOfChargePercent: 80 });
    expect(goods(charged, new Date('2025-12-31T23:59:59Z')).verdict).toBe('eligible');
    expect(goods(charged, new Date('2026-01-01T00:00:00Z')).verdict).toBe('restricted');
  });
});

describe('the stamp of a screening (R5)', () => {
  const day = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  const batteries = [
    ion(),
    ion({ packing: 'with_equipment', stateOfChargePercent: 31 }),
    metal(),
    ion({ wattHours: 101 }),
  ];

  test('changes on the day on which a rule begins or ends to hold', () => {
    expect(screeningStamp(new Date('2025-12-31T23:59:59Z'))).not.toBe(screeningStamp(new Date('2026-01-01T00:00:00Z')));
  });

  test('the same one means the same verdict', () => {
    fc.assert(
      fc.property(day, day, fc.constantFrom(...batteries), (one, other, dangerousGoods) => {
        if (screeningStamp(one) !== screeningStamp(other)) return;
        expect(goods(dangerousGoods, one)).toEqual(goods(dangerousGoods, other));
      }),
    );
  });
});
