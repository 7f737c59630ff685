import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AddressId,
  type CalendarDate,
  createOrder,
  declareShipment,
  goodsOf,
  type ShipmentFacts,
  type SkuCode,
  shipFromOf,
} from '../../src/index.ts';
import { aLineRequest, anOrder, anOrderContext, anOrderRequest } from '../builders/anOrder.ts';
import { aSku, skusByCode } from '../builders/aSku.ts';
import { aMoment } from '../builders/moments.ts';
import { codesOf, fieldsOf, granted } from '../builders/refused.ts';
import { product } from '../eligibility/products.ts';

const goods = { hsCode: '6109.10', originCountry: 'VN', weightGrams: 200 };
const facts = (change: Partial<ShipmentFacts> = {}): ShipmentFacts => ({
  order: anOrder(),
  parcel: { contents: [{ lineId: 'L1', quantity: 2 }] },
  skus: skusByCode(aSku('SHIRT-1', { title: 'A  T-shirt\n', exportData: product(goods) })),
  shipFromId: 'adr_one' as AddressId,
  shipDate: '2026-03-02' as CalendarDate,
  itn: null,
  ...change,
});

test('customs are told of each content what the producer and the order say of it (R5, R23)', () => {
  const { unitPrice } = aLineRequest();
  expect(granted(declareShipment(facts(), aMoment))).toEqual({
    shipFromId: 'adr_one',
    shipDate: '2026-03-02',
    lines: [
      {
        description: 'A T-shirt',
        hsCode: '610910',
        originCountry: 'VN',
        quantity: 2,
        unitValue: unitPrice,
        unitWeightGrams: 200,
      },
    ],
    exportFiling: 'NO EEI 30.37(a)',
  });
});

test('goods of which customs data are missing are refused one by one, at their place in the parcel', () => {
  for (const missing of ['hsCode', 'originCountry', 'weightGrams'] as const) {
    const skus = skusByCode(aSku('SHIRT-1', { exportData: product({ ...goods, [missing]: null }) }));
    const decision = declareShipment(facts({ skus }), aMoment);
    expect([codesOf(decision), fieldsOf(decision)]).toEqual([['label.customs_incomplete'], ['/parcel/contents/0']]);
  }
  const unknown = {
    contents: [
      { lineId: 'L1', quantity: 1 },
      { lineId: 'L9', quantity: 1 },
    ],
  };
  expect(fieldsOf(declareShipment(facts({ parcel: unknown }), aMoment))).toEqual(['/parcel/contents/1']);
});

test('of a product that was taken off sale since, customs are told what was known when the order came in (R21)', () => {
  const sku = aSku('SHIRT-1', { title: 'A T-shirt', exportData: product(goods) });
  const order = granted(createOrder(anOrderRequest(), anOrderContext({ ofSkus: [sku] })));
  const declared = (skus: ShipmentFacts['skus']) =>
    granted(declareShipment(facts({ order, skus: goodsOf(order.lines, skus) }), aMoment)).lines[0]!.hsCode;
  expect(declared(new Map())).toBe('610910');
  expect(declared(skusByCode({ ...sku, exportData: product({ ...goods, hsCode: '6109.90' }) }))).toBe('610990');
});

test('above the filing threshold the ITN is asked for, and declared once it is there', () => {
  const [line] = anOrder().lines;
  const order = anOrder({ lines: [{ ...line!, unitPrice: { minor: 2_000_00, currency: 'USD' } }] });
  expect(codesOf(declareShipment(facts({ order }), aMoment))).toEqual(['export_filing.required']);
  const itn = 'X20260301123456';
  expect(granted(declareShipment(facts({ order, itn }), aMoment)).exportFiling).toBe(itn);
});

test('what was paid in another currency is declared at the producer’s value in dollars', () => {
  const [line] = anOrder().lines;
  const order = anOrder({ lines: [{ ...line!, unitPrice: { minor: 3_000, currency: 'JPY' } }] });
  const value = { minor: 18_00, currency: 'USD' } as const;
  const skus = skusByCode(aSku('SHIRT-1', { exportData: product({ ...goods, value }) }));
  expect(granted(declareShipment(facts({ order, skus }), aMoment)).lines[0]!.unitValue).toEqual(value);
});

test('the description is short, well-formed text whatever the title holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
      const skus = new Map([['SHIRT-1' as SkuCode, aSku('SHIRT-1', { title, exportData: product(goods) })]]);
      const { description } = granted(declareShipment(facts({ skus }), aMoment)).lines[0]!;
      expect(description.length).toBeLessThanOrEqual(60);
      expect(description.isWellFormed()).toBe(true);
    }),
  );
});

test('a parcel starts at its template’s first address, else at the general one (R3, R7)', () => {
  const general = { generalAddressId: 'adr_general' as AddressId };
  expect(shipFromOf({ shipFrom: ['adr_2' as AddressId, 'adr_1' as AddressId] }, general)).toBe('adr_2');
  expect(shipFromOf({ shipFrom: [] }, general)).toBe('adr_general');
  expect(shipFromOf(null, { generalAddressId: null })).toBe(null);
});
