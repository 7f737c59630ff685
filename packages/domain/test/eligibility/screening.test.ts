import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categoryRules } from '../../src/eligibility/categoryRules.ts';
import { destinationBans } from '../../src/eligibility/destinationBans.ts';
import type { ExportData } from '../../src/eligibility/exportData.ts';
import { originEmbargoes } from '../../src/eligibility/goodsFindings.ts';
import { isProductCategory, productCategories } from '../../src/eligibility/productCategories.ts';
import { screenProduct } from '../../src/eligibility/screening.ts';
import { describeRefusal } from '../../src/refusal/describe.ts';
import { countries, isCountryCode } from '../../src/region/countries.ts';
import { isRegionCode } from '../../src/region/regionTree.ts';
import { servedDestinations } from '../../src/region/servedDestinations.ts';
import { country } from '../region/country.ts';
import { lithium, product, rulesOf } from './products.ts';

const now = new Date('2026-06-01T00:00:00Z');
const screen = (over: Partial<ExportData>, to: string | null = null) =>
  screenProduct(product(over), to === null ? null : country(to), now);

describe('goods', () => {
  test('a harmless product with its data is eligible everywhere it can be delivered', () => {
    expect(screen({})).toEqual({ verdict: 'eligible', ruleId: null, findings: [], policyVersion: 1 });
    for (const code of servedDestinations(now))
      expect(screenProduct(product(), code, now).verdict, code).toBe('eligible');
  });

  test.each(
    categoryRules.flatMap((rule) => rule.categories.map((category) => [category, rule.verdict, rule.id] as const)),
  )('category %s is %s by %s', (category, verdict, ruleId) => {
    expect(screen({ category })).toMatchObject({ verdict, ruleId });
  });

  test.each([
    ['9302.00.0000', 'prohibited', 'EL-P01'],
    ['930400', 'restricted', 'EL-R02'],
    ['060220', 'prohibited', 'EL-P02'],
    ['120991', 'prohibited', 'EL-P02'],
    ['220421', 'restricted', 'EL-R01'],
    ['3004.90', 'restricted', 'EL-R05'],
    ['380891', 'restricted', 'EL-R03'],
    ['2403990000', 'restricted', 'EL-R14'],
    ['360410', 'prohibited', 'EL-P06'],
    ['901320', 'prohibited', 'EL-P05'],
  ])('the HS code %s decides though the category is harmless', (hsCode, verdict, ruleId) => {
    expect(screen({ category: 'home_kitchen', hsCode })).toMatchObject({ verdict, ruleId });
    expect(screen({ category: 'home_kitchen', hsCode }).findings[0]?.reason.field).toBe('/hsCode');
  });

  test('the worst finding is the verdict and stands first', () => {
    const verdict = screen({ category: 'alcohol', hsCode: '9302000000', weightGrams: null });
    expect(verdict.verdict).toBe('prohibited');
    expect(verdict.findings.map((finding) => finding.verdict)).toEqual(['prohibited', 'restricted', 'incomplete']);
  });

  test('goods of embargoed origin and pieces no carrier takes are refused', () => {
    expect(rulesOf(screen({ originCountry: 'CU' }))).toEqual(['EL-O01 product.origin_embargoed /originCountry']);
    expect(screen({ weightGrams: 70_000 }).verdict).toBe('eligible');
    expect(rulesOf(screen({ weightGrams: 70_001 }))).toEqual(['EL-W01 product.too_heavy /weightGrams']);
  });

  test('a rule holds from its day on', () => {
    expect(screenProduct(product({ category: 'weapons' }), null, new Date('2023-12-31')).verdict).toBe('eligible');
    expect(screenProduct(product({ category: 'weapons' }), null, new Date('2024-01-01')).verdict).toBe('prohibited');
  });
});

describe('missing data', () => {
  test.each([
    [{ hsCode: null }, 'EL-M02 export.hs_code_missing /hsCode'],
    [{ hsCode: '' }, 'EL-M02 export.hs_code_missing /hsCode'],
    [{ hsCode: '61091' }, 'EL-M03 export.hs_code_malformed /hsCode'],
    [{ hsCode: '61091000123' }, 'EL-M03 export.hs_code_malformed /hsCode'],
    [{ hsCode: '6109.1' }, 'EL-M03 export.hs_code_malformed /hsCode'],
    [{ hsCode: '000000' }, 'EL-M03 export.hs_code_malformed /hsCode'],
    [{ hsCode: '610 910' }, 'EL-M03 export.hs_code_malformed /hsCode'],
    [{ originCountry: undefined }, 'EL-M04 export.origin_missing /originCountry'],
    [{ originCountry: 'China' }, 'EL-M05 export.origin_unknown /originCountry'],
    [{ weightGrams: null }, 'EL-M06 export.weight_missing /weightGrams'],
    [{ weightGrams: 0 }, 'EL-M06 export.weight_missing /weightGrams'],
    [{ weightGrams: 1.5 }, 'EL-M06 export.weight_missing /weightGrams'],
    [{ value: null }, 'EL-M07 export.value_missing /value'],
    [{ value: { minor: 0, currency: 'USD' as const } }, 'EL-M07 export.value_missing /value'],
    [{ category: 'gizmos' }, 'EL-M01 export.category_unknown /category'],
  ])('%j makes the product incomplete', (over, finding) => {
    expect(screen(over)).toMatchObject({ verdict: 'incomplete' });
    expect(rulesOf(screen(over))).toEqual([finding]);
  });

  test('every gap is a finding of its own', () => {
    expect(rulesOf(screenProduct({ category: 'apparel' }, null, now))).toHaveLength(4);
  });

  test('a product nothing is known of is incomplete, and still barred from an embargoed destination', () => {
    expect(screenProduct(null, null, now)).toMatchObject({ verdict: 'incomplete', ruleId: 'EL-M00' });
    expect(screenProduct(null, country('CU'), now)).toMatchObject({ verdict: 'prohibited', ruleId: 'DP-CU' });
  });

  test.each(['610910', '61091000', '6109100012', '6109.10', '6109.10.00', '6109.10.00.12', '6109.10.0012'])(
    'the HS code %s is well formed',
    (hsCode) => {
      expect(screen({ hsCode }).verdict).toBe('eligible');
    },
  );
});

describe('destinations', () => {
  test.each([
    ['8806.22', 'IN', 'EL-B02'],
    ['6309000000', 'MX', 'EL-B03'],
    ['392321', 'KE', 'EL-B04'],
    ['853922', 'FR', 'EL-B07'],
    ['853922', 'NO', 'EL-B07'],
  ])('%s may not go to %s by %s, and may elsewhere', (hsCode, to, ruleId) => {
    expect(screen({ hsCode }, to)).toMatchObject({ verdict: 'prohibited', ruleId });
    expect(screen({ hsCode }, 'CA').verdict).toBe('eligible');
    expect(screen({ hsCode }).verdict).toBe('eligible');
  });

  test.each([
    ['CU', 'DP-CU destination.embargoed /destination'],
    ['AQ', 'DP-AQ destination.unserved /destination'],
    ['US', 'DP-US destination.domestic /destination'],
    ['PR', 'DP-PR destination.domestic /destination'],
  ])('nothing goes to %s', (to, finding) => {
    expect(rulesOf(screen({}, to))).toEqual([finding]);
  });

  const anyProduct: fc.Arbitrary<ExportData> = fc.record({
    category: fc.oneof(fc.constantFrom(...productCategories.map(({ code }) => code)), fc.string()),
    hsCode: fc.option(fc.oneof(fc.stringMatching(/^\d{6,10}$/), fc.string())),
    originCountry: fc.option(fc.constantFrom('US', 'CN', 'CU', 'xx')),
    weightGrams: fc.option(fc.oneof(fc.integer({ min: -5, max: 100_000 }), fc.double())),
    value: fc.option(fc.record({ minor: fc.integer(), currency: fc.constant('USD' as const) })),
    dangerousGoods: fc.option(
      fc.record({
        unNumber: fc.oneof(fc.stringMatching(/^UN\d{4}$/), fc.constantFrom('UN3481', 'UN3091'), fc.string()),
        lithium: fc.option(fc.constant(lithium())),
      }),
    ),
  });
  const anyCountry = fc.constantFrom(...countries.map(({ code }) => code));

  test('a destination only adds findings, and can never make a product better', () => {
    fc.assert(
      fc.property(anyProduct, anyCountry, (p, to) => {
        const general = rulesOf(screenProduct(p, null, now));
        const there = new Set(rulesOf(screenProduct(p, to, now)));
        for (const finding of general) expect(there.has(finding)).toBe(true);
      }),
    );
  });

  test('eligible means: no finding; anything else names the rule that decided', () => {
    fc.assert(
      fc.property(anyProduct, fc.option(anyCountry), (p, to) => {
        const verdict = screenProduct(p, to, now);
        expect(verdict.verdict === 'eligible').toBe(verdict.findings.length === 0);
        expect(verdict.ruleId).toBe(verdict.findings[0]?.ruleId ?? null);
        expect(verdict.verdict).toBe(verdict.findings[0]?.verdict ?? 'eligible');
      }),
    );
  });

  test('every reason has a full sentence and a remedy in both languages', () => {
    fc.assert(
      fc.property(anyProduct, fc.option(anyCountry), (p, to) => {
        for (const { reason } of screenProduct(p, to, now).findings) {
          for (const locale of ['zh-CN', 'en-US'] as const) {
            const { message, remedy } = describeRefusal(reason, locale);
            expect(message).not.toMatch(/[{}]/);
            expect(remedy).not.toMatch(/[{}]|^$/);
            expect(/\p{Script=Han}/u.test(message)).toBe(locale === 'zh-CN');
          }
        }
      }),
    );
  });
});

describe('the tables', () => {
  test('ids are unique', () => {
    const ids = [...categoryRules, ...destinationBans, ...originEmbargoes].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(productCategories.map(({ code }) => code)).size).toBe(productCategories.length);
  });

  test('rules name only known categories, HS headings and destinations', () => {
    for (const { id, categories, hsPrefixes } of [...categoryRules, ...destinationBans]) {
      for (const category of categories) expect(isProductCategory(category), `${id} ${category}`).toBe(true);
      for (const prefix of hsPrefixes) expect(prefix, id).toMatch(/^\d{2}(\d{2}){0,2}$/);
    }
    for (const { id, destinations } of destinationBans) {
      for (const code of destinations) expect(isCountryCode(code) || isRegionCode(code), `${id} ${code}`).toBe(true);
    }
  });
});
