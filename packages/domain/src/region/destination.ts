import type { CountryCode } from '../identity/ids.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import { countries, isCountryCode } from './countries.ts';
import { destinationRefusals } from './destinationRefusals.ts';
import { type RegionCode, regions } from './regions.ts';
import { countriesIn, isRegionCode, regionsOf } from './regionTree.ts';
import { isDomestic } from './servedDestinations.ts';

/** What a seller may choose: a country `FR` or a UN M49 region `M49-155`. */
export type DestinationCode = CountryCode | RegionCode;

export type Destination =
  | { readonly kind: 'country'; readonly code: CountryCode }
  | { readonly kind: 'region'; readonly code: RegionCode };

/** The longest list that makes sense: every country and every region once. */
export const DESTINATION_LIST_LIMIT = countries.length + regions.length;

/**
 * Reads one destination as written: a country of ISO 3166-1 or a region of UN M49.
 * The United States and its territories are refused: they are never destinations. An embargoed country is accepted, it is only not served.
 */
export function parseDestination(code: string, field = ''): Decision<Destination> {
  if (isRegionCode(code)) return accept({ kind: 'region', code });
  if (isCountryCode(code)) {
    if (isDomestic(code)) return refuse(destinationRefusals.refusal('destination.domestic', field, { code }));
    return accept({ kind: 'country', code });
  }
  if (/^M49-\d{3}$/.test(code)) {
    return refuse(destinationRefusals.refusal('destination.region_unknown', field, { code }));
  }
  if (/^[A-Z]{2}$/.test(code)) {
    return refuse(destinationRefusals.refusal('destination.country_unknown', field, { code }));
  }
  return refuse(destinationRefusals.refusal('destination.malformed', field));
}

/** Reads a whole list, sorted and without repeats; a refusal names the entry as `<field>/<index>`. */
export function parseDestinations(codes: readonly string[], field = ''): Decision<readonly DestinationCode[]> {
  if (codes.length > DESTINATION_LIST_LIMIT) {
    const params = { count: codes.length, limit: DESTINATION_LIST_LIMIT };
    return refuse(destinationRefusals.refusal('destination.list_too_long', field, params));
  }
  const chosen = new Set<DestinationCode>();
  const refusals: Refusal[] = [];
  for (const [index, code] of codes.entries()) {
    const decision = parseDestination(code, `${field}/${index}`);
    if (decision.ok) chosen.add(decision.value.code);
    else refusals.push(...decision.refusals);
  }
  return refusals.length > 0 ? refuse(...refusals) : accept([...chosen].sort());
}

/**
 * The countries that the codes stand for, in code order, each once, without the United States and its territories.
 * Embargoed countries are included: an exclusion must outlive an embargo. Throws RangeError on an unknown code.
 */
export function expandDestinations(codes: Iterable<string>): readonly CountryCode[] {
  const expanded = new Set<CountryCode>();
  for (const code of codes) {
    if (isRegionCode(code)) for (const country of countriesIn(code)) expanded.add(country);
    else if (isCountryCode(code)) expanded.add(code);
    else throw new RangeError(`not a destination: ${code}`);
  }
  return [...expanded].filter((country) => !isDomestic(country)).sort();
}

/** Whether a country is among the codes, itself or by a region around it. The same answer as expanding, without the list. */
export const coversDestination = (codes: readonly string[], country: CountryCode): boolean =>
  codes.includes(country) || regionsOf(country).some((region) => codes.includes(region));
