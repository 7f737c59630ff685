import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { feeFor } from '../../src/fee/feeFor.ts';
import type { FeeModel, PriceBandedFee } from '../../src/fee/feeModel.ts';
import { FEE_LIMIT_MINOR, PRICE_BAND_LIMIT, validateFeeModel } from '../../src/fee/validateFeeModel.ts';
import { money } from '../../src/money/money.ts';
import { formatAmount } from '../../src/money/moneyText.ts';
import { band, cents, perItem, refusalsOf, usd } from './amounts.ts';

const basis = { items: 1, weightGrams: 1000, orderTotal: usd('20.00') };

const fee = (model: FeeModel, over: Partial<typeof basis>): string => {
  const decision = feeFor(model, { ...basis, ...over });
  return decision.ok ? formatAmount(decision.value) : decision.refusals[0]!.code;
};

const perPound: FeeModel = { kind: 'per_weight', perShipment: usd('4.00'), perUnit: usd('0.50'), unit: 'lb' };
const perKg: FeeModel = { kind: 'per_weight', perShipment: usd('4.00'), perUnit: usd('1.50'), unit: 'kg' };
const banded: PriceBandedFee = {
  kind: 'price_banded',
  bands: [band('0', '50.00', '10.00'), band('50.01', '80.00', '5.00'), band('80.01', null, '0')],
};

describe('fees of the page’s own examples', () => {
  test('4.00 + 0.50 × 26 lb = 17.00, whichever way 26 lb was rounded to grams', () => {
    expect(fee(perPound, { weightGrams: 11_793 })).toBe('17.00');
    expect(fee(perPound, { weightGrams: 11_794 })).toBe('17.00');
  });

  test('4.00 + 1.00 × 2 items = 6.00', () => {
    expect(fee(perItem('4.00', '1.00'), { items: 2 })).toBe('6.00');
  });

  test.each([
    ['0.00', '10.00'],
    ['50.00', '10.00'],
    ['50.01', '5.00'],
    ['80.00', '5.00'],
    ['80.01', '0.00'],
    ['9999999.99', '0.00'],
  ])('an order of %s falls into the band of %s', (total, expected) => {
    expect(fee(banded, { orderTotal: usd(total) })).toBe(expected);
  });

  test('parts of a kilogram count in proportion, rounded once to the cent', () => {
    expect(fee(perKg, { weightGrams: 0 })).toBe('4.00');
    expect(fee(perKg, { weightGrams: 333 })).toBe('4.50');
    expect(fee(perKg, { weightGrams: 1_250 })).toBe('5.88');
  });
});

describe('a basis that does not fit', () => {
  test.each([
    [perItem('1', '1'), { items: 0 }, 'fee.items_invalid'],
    [perItem('1', '1'), { items: 1.5 }, 'fee.items_invalid'],
    [perItem('1', '1'), { items: 10 ** 12 }, 'fee.items_invalid'],
    [perKg, { weightGrams: -1 }, 'fee.weight_invalid'],
    [perKg, { weightGrams: Number.NaN }, 'fee.weight_invalid'],
    [banded, { orderTotal: money(2000, 'EUR') }, 'fee.order_total_invalid'],
    [banded, { orderTotal: cents(-1) }, 'fee.order_total_invalid'],
  ] as const)('%#: is refused as %s', (model, over, code) => {
    expect(fee(model, over as Partial<typeof basis>)).toBe(code);
  });
});

describe('fee models as written', () => {
  const bands = (...list: PriceBandedFee['bands']): FeeModel => ({ kind: 'price_banded', bands: list });

  test('the page’s own models are accepted', () => {
    for (const model of [perPound, perKg, banded, perItem('4', '1')]) expect(validateFeeModel(model).ok).toBe(true);
  });

  test.each([
    ['no bands', bands(), ['fee.bands_empty /bands']],
    ['a late start', bands(band('0.01', null, '1')), ['fee.bands_start /bands/0/from']],
    ['a gap of a cent', bands(band('0', '50', '1'), band('50.02', null, '0')), ['fee.bands_gap /bands/1/from']],
    ['a shared cent', bands(band('0', '50', '1'), band('50', null, '0')), ['fee.bands_overlap /bands/1/from']],
    ['a closed end', bands(band('0', '50', '1')), ['fee.bands_closed /bands/0/upTo']],
    [
      'an open band inside',
      bands(band('0', null, '1'), band('50', null, '0')),
      ['fee.bands_open_inside /bands/0/upTo'],
    ],
    [
      'an inverted band',
      bands(band('0', '50', '1'), band('50.01', '40', '1'), band('60', null, '0')),
      ['fee.band_inverted /bands/1/upTo'],
    ],
    ['a negative fee', perItem('-1', '0'), ['fee.negative /perShipment']],
    [
      'two currencies',
      { kind: 'per_item', perShipment: usd('1'), perItem: money(1, 'EUR') },
      ['fee.currency_mixed /perItem'],
    ],
    [
      'two currencies in a band',
      bands({ from: money(0, 'EUR'), upTo: null, fee: usd('1') }),
      ['fee.currency_mixed /bands/0/fee'],
    ],
    ['a fee beyond reason', perItem('10000.01', '0'), ['fee.too_high /perShipment']],
    [
      'half a cent',
      { kind: 'per_item', perShipment: { minor: 0.5, currency: 'USD' }, perItem: usd('0') },
      ['fee.amount_invalid /perShipment'],
    ],
    [
      'too many bands',
      bands(...Array.from({ length: PRICE_BAND_LIMIT + 1 }, () => band('0', null, '0'))),
      ['fee.bands_too_many /bands'],
    ],
  ] as readonly (readonly [string, FeeModel, readonly string[]])[])(
    '%s is refused at its field',
    (_, model, expected) => {
      expect(refusalsOf(validateFeeModel(model))).toEqual(expected);
    },
  );

  test('the currency may be prescribed, and every wrong amount is named', () => {
    expect(refusalsOf(validateFeeModel(perItem('-1', '20000'), '/fee', 'USD'))).toEqual([
      'fee.negative /fee/perShipment',
      'fee.too_high /fee/perItem',
    ]);
    expect(refusalsOf(validateFeeModel(perItem('1', '1'), '', 'EUR'))).toHaveLength(2);
  });

  const anyFee = fc.integer({ min: 0, max: FEE_LIMIT_MINOR });

  /** Bands that meet to the cent, from the sorted ends of all but the last. */
  const soundBands = fc
    .tuple(fc.uniqueArray(fc.integer({ min: 0, max: 10 ** 8 }), { maxLength: 12 }), fc.array(anyFee, { minLength: 13 }))
    .map(([ends, fees]): PriceBandedFee => {
      const sorted = ends.toSorted((a, b) => a - b);
      const starts = [0, ...sorted.map((end) => end + 1)];
      return {
        kind: 'price_banded',
        bands: starts.map((from, i) => ({
          from: cents(from),
          upTo: sorted[i] === undefined ? null : cents(sorted[i]),
          fee: cents(fees[i]!),
        })),
      };
    });

  test('under sound bands every order total has exactly one fee: that of its band', () => {
    fc.assert(
      fc.property(soundBands, fc.integer({ min: 0, max: 2 * 10 ** 8 }), (model, total) => {
        expect(validateFeeModel(model).ok).toBe(true);
        const holding = model.bands.filter(
          ({ from, upTo }) => from.minor <= total && (upTo === null || total <= upTo.minor),
        );
        expect(holding).toHaveLength(1);
        expect(feeFor(model, { ...basis, orderTotal: cents(total) })).toMatchObject({ value: holding[0]!.fee });
      }),
    );
  });

  test('moving one end by a cent is always refused', () => {
    fc.assert(
      fc.property(soundBands, fc.nat(), fc.constantFrom(-1, 1), (model, pick, by) => {
        fc.pre(model.bands.length > 1);
        const at = pick % (model.bands.length - 1);
        const moved = model.bands.map((b, i) => (i === at && b.upTo ? { ...b, upTo: cents(b.upTo.minor + by) } : b));
        expect(validateFeeModel({ kind: 'price_banded', bands: moved }).ok).toBe(false);
      }),
    );
  });

  test('a heavier or fuller shipment never costs less', () => {
    const model = fc.oneof(
      fc
        .tuple(anyFee, anyFee)
        .map(([a, b]): FeeModel => ({ kind: 'per_item', perShipment: cents(a), perItem: cents(b) })),
      fc
        .tuple(anyFee, anyFee, fc.constantFrom('lb' as const, 'kg' as const))
        .map(([a, b, unit]): FeeModel => ({ kind: 'per_weight', perShipment: cents(a), perUnit: cents(b), unit })),
    );
    const amount = (m: FeeModel, items: number, weightGrams: number): number => {
      const decision = feeFor(m, { ...basis, items, weightGrams });
      return decision.ok ? decision.value.minor : Number.NaN;
    };
    const count = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(model, count, count, fc.nat(50_000), fc.nat(50_000), (m, items, more, grams, heavier) => {
        expect(amount(m, items + more, grams + heavier)).toBeGreaterThanOrEqual(amount(m, items, grams));
      }),
    );
  });
});
