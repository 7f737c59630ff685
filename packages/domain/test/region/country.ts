import type { CountryCode } from '../../src/identity/ids.ts';
import { isCountryCode } from '../../src/region/countries.ts';

/** A country code that is checked when the test says it. */
export function country(code: string): CountryCode {
  if (!isCountryCode(code)) throw new Error(`not a country: ${code}`);
  return code;
}
