import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countries } from '../../src/region/countries.ts';
import {
  coversDestination,
  DESTINATION_LIST_LIMIT,
  expandDestinations,
  parseDestination,
  parseDestinations,
} from '../../src/region/destination.ts';
import { regions } from '../../src/region/regions.ts';
import { countriesIn, regionOf, regionsOf } from '../../src/region/regionTree.ts';
import { isDomestic } from '../../src/region/servedDestinations.ts';
import { country } from './country.ts';

const foreign = countries.map(({ code }) => code).filter((code) => !isDomestic(code));
const codes = [...foreign, ...regions.map(({ code }) => code)];
const anyCode = fc.constantFrom(...codes);
const anyCountry = fc.constantFrom(...foreign);

const codesOf = (decision: ReturnType<typeof parseDestination>) =>
  decision.ok ? [] : decision.refusals.map(({ code }) => code);

describe('the region tree', () => {
  test('every country but Antarctica lies in one region directly', () => {
    const members = regions.flatMap((region) => region.members);
    expect(new Set(members).size).toBe(members.length);
    expect(members).toHaveLength(248);
    expect(regionsOf(country('AQ'))).toEqual([]);
  });

  test('every region stands after its parent and leads to a continent', () => {
    const seen = new Set<string>();
    for (const { code, parent } of regions) {
      expect(parent === null || seen.has(parent), code).toBe(true);
      seen.add(code);
    }
    expect(seen.size).toBe(regions.length);
    expect(regions.filter(({ parent }) => parent === null)).toHaveLength(5);
  });

  test('the regions of a country are narrowest first', () => {
    expect(regionsOf(country('FR'))).toEqual(['M49-155', 'M49-150']);
    expect(regionsOf(country('KE'))).toEqual(['M49-014', 'M49-202', 'M49-002']);
  });

  test('a region holds its own countries and those of the regions inside it', () => {
    expect(countriesIn('M49-155')).toEqual(['AT', 'BE', 'CH', 'DE', 'FR', 'LI', 'LU', 'MC', 'NL']);
    expect(countriesIn('M49-150')).toHaveLength(51);
    expect(countriesIn('M49-019')).toHaveLength(57);
    expect(regionOf('M49-150')).toMatchObject({ en: 'Europe', zh: '欧洲' });
    expect(() => countriesIn('M49-001')).toThrow(RangeError);
  });
});

describe('destinations as written', () => {
  test('countries and regions are told apart', () => {
    expect(parseDestination('FR')).toMatchObject({ ok: true, value: { kind: 'country', code: 'FR' } });
    expect(parseDestination('M49-155')).toMatchObject({ ok: true, value: { kind: 'region', code: 'M49-155' } });
  });

  test.each([
    ['UK', 'destination.country_unknown'],
    ['M49-001', 'destination.region_unknown'],
    ['M49-999', 'destination.region_unknown'],
    ['US', 'destination.domestic'],
    ['PR', 'destination.domestic'],
    ['GU', 'destination.domestic'],
    ['fr', 'destination.malformed'],
    ['150', 'destination.malformed'],
    ['Europe', 'destination.malformed'],
    [' FR', 'destination.malformed'],
    ['', 'destination.malformed'],
  ])('%j is refused as %s', (code, refusal) => {
    expect(codesOf(parseDestination(code))).toEqual([refusal]);
  });

  test('an embargoed country may be named: excluding it outlives the embargo', () => {
    expect(parseDestination('CU').ok).toBe(true);
  });

  test('a list is sorted without repeats, and every bad entry is refused at its index', () => {
    expect(parseDestinations(['JP', 'M49-150', 'FR', 'JP'])).toMatchObject({ value: ['FR', 'JP', 'M49-150'] });
    const decision = parseDestinations(['FR', 'UK', 'US'], '/excludedDestinations');
    expect(decision.ok ? [] : decision.refusals.map(({ code, field }) => [code, field])).toEqual([
      ['destination.country_unknown', '/excludedDestinations/1'],
      ['destination.domestic', '/excludedDestinations/2'],
    ]);
  });

  test('a list longer than all destinations together is refused as a whole', () => {
    const decision = parseDestinations(Array.from({ length: DESTINATION_LIST_LIMIT + 1 }, () => 'FR'));
    expect(decision.ok ? [] : decision.refusals.map(({ code }) => code)).toEqual(['destination.list_too_long']);
  });
});

describe('expanding', () => {
  test('the United States and its territories are in no expansion', () => {
    const all = expandDestinations(regions.map(({ code }) => code));
    for (const code of ['US', 'PR', 'VI', 'GU', 'AS', 'MP', 'UM']) expect(all).not.toContain(code);
    expect(expandDestinations(['M49-021'])).toEqual(['BM', 'CA', 'GL', 'PM']);
  });

  test('an unknown code is an error, never silently nothing', () => {
    expect(() => expandDestinations(['FR', 'M49-998'])).toThrow(RangeError);
  });

  test('a country is covered exactly when the expansion holds it', () => {
    fc.assert(
      fc.property(fc.array(anyCode, { maxLength: 8 }), anyCountry, (chosen, where) => {
        expect(coversDestination(chosen, where)).toBe(expandDestinations(chosen).includes(where));
      }),
    );
  });

  test('expanding is idempotent, sorted, and knows no order of its input', () => {
    fc.assert(
      fc.property(fc.array(anyCode, { maxLength: 8 }), (chosen) => {
        const expanded = expandDestinations(chosen);
        expect(expandDestinations(expanded)).toEqual(expanded);
        expect(expandDestinations(chosen.toReversed())).toEqual(expanded);
        expect(expanded).toEqual([...new Set(expanded)].sort());
      }),
    );
  });

  test('expanding a union is the union of the expansions', () => {
    fc.assert(
      fc.property(fc.array(anyCode, { maxLength: 5 }), fc.array(anyCode, { maxLength: 5 }), (a, b) => {
        const united = new Set([...expandDestinations(a), ...expandDestinations(b)]);
        expect(new Set(expandDestinations([...a, ...b]))).toEqual(united);
      }),
    );
  });
});
