import type { CountryCode } from '../identity/ids.ts';
import { countryNames } from './countryNames.ts';

/** A country or territory of ISO 3166-1. */
export interface Country {
  readonly code: CountryCode;
  readonly en: string;
  readonly zh: string;
}

/** All 249 codes of ISO 3166-1, in code order. */
export const countries: readonly Country[] = Object.entries(countryNames).map(([code, [en, zh]]) => ({
  code: code as CountryCode,
  en,
  zh,
}));

/** Upper-case alpha-2 code of ISO 3166-1; neither `us` nor `UK` nor `XK` is one. */
export const isCountryCode = (code: string): code is CountryCode => Object.hasOwn(countryNames, code);

const byCode = new Map(countries.map((country) => [country.code, country]));

/** Throws RangeError on a code outside ISO 3166-1. */
export function countryOf(code: CountryCode): Country {
  const country = byCode.get(code);
  if (!country) throw new RangeError(`not a country of ISO 3166-1: ${code}`);
  return country;
}
