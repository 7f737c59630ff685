import { describe, expect, test } from 'vitest';
import { countries, countryOf, isCountryCode } from '../../src/region/countries.ts';
import { countryNames, countryNamesCldr } from '../../src/region/countryNames.ts';
import { countriesWithoutRegion, regions } from '../../src/region/regions.ts';
import { country } from './country.ts';

describe('countries of ISO 3166-1', () => {
  test('all 249 codes have an English and a Chinese name', () => {
    expect(countries).toHaveLength(249);
    for (const { code, en, zh } of countries) {
      expect(code).toMatch(/^[A-Z]{2}$/);
      expect(en.trim()).not.toBe('');
      expect(zh).toMatch(/\p{Script=Han}/u);
    }
  });

  test('names are unique in both languages', () => {
    expect(new Set(countries.map(({ en }) => en)).size).toBe(249);
    expect(new Set(countries.map(({ zh }) => zh)).size).toBe(249);
  });

  test('names are those of the CLDR release they say; another release of Node may differ in a few', () => {
    const en = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
    const zh = new Intl.DisplayNames(['zh-Hans'], { type: 'region', fallback: 'none' });
    const stale = Object.entries(countryNames).filter(
      ([code, names]) => en.of(code) !== names[0] || zh.of(code) !== names[1],
    );
    const tolerated = process.versions.cldr === countryNamesCldr ? 0 : 12;
    expect(stale.length, `stale names: ${stale.map(([code]) => code).join(' ')}`).toBeLessThanOrEqual(tolerated);
  });

  test('the table holds exactly the countries of the region tree', () => {
    const placed = [...regions.flatMap(({ members }) => members), ...countriesWithoutRegion].sort();
    expect(Object.keys(countryNames)).toEqual(placed);
  });

  test.each([['UK'], ['XK'], ['us'], ['USA'], [''], ['EU'], ['AN'], ['ZZ'], ['__proto__'], ['toString']])(
    '%j is no country code',
    (code) => {
      expect(isCountryCode(code)).toBe(false);
    },
  );

  test('a country is found by its code, anything else is an error of the caller', () => {
    expect(countryOf(country('BR'))).toEqual({ code: 'BR', en: 'Brazil', zh: '巴西' });
    expect(() => countryOf('XX' as never)).toThrow(RangeError);
  });
});
