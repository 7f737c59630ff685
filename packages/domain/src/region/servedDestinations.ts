import type { CountryCode } from '../identity/ids.ts';
import { countries } from './countries.ts';
import { type DestinationBar, type DestinationRule, destinationRules, subdivisionRules } from './destinationPolicy.ts';
import { inForce } from './policyPeriod.ts';

const rulesByCountry = new Map<string, readonly DestinationRule[]>(
  countries.map(({ code }) => [code, destinationRules.filter((rule) => rule.country === code)]),
);

/** The rule that bars a country on that day, or null where the programme delivers. */
export const destinationBarOf = (country: CountryCode, now: Date): DestinationRule | null =>
  rulesByCountry.get(country)?.find((rule) => inForce(rule, now)) ?? null;

/** United States soil: the states and the territories. Never a destination, whatever the day. */
export const isDomestic = (country: CountryCode): boolean =>
  rulesByCountry.get(country)?.some((rule) => rule.bar === ('domestic' satisfies DestinationBar)) ?? false;

/** Whether the programme delivers there on that day (embargoes and carrier service; suspensions are the operator's and not known here). */
export const isServed = (country: CountryCode, now: Date): boolean =>
  rulesByCountry.has(country) && destinationBarOf(country, now) === null;

/** Every country the programme delivers to on that day, in code order (R24). */
export const servedDestinations = (now: Date): readonly CountryCode[] =>
  countries.map(({ code }) => code).filter((code) => isServed(code, now));

export interface SubdivisionPlace {
  readonly country: string;
  /** ISO 3166-2, with or without the country: `UA-43` or `43`. */
  readonly subdivision?: string | undefined;
  readonly postalCode?: string | undefined;
}

/** Whether a place lies in an embargoed part of a country that is served otherwise. */
export function isEmbargoedPlace(place: SubdivisionPlace, now: Date): boolean {
  const subdivision = place.subdivision?.toUpperCase();
  const postalPrefix = place.postalCode?.replace(/\s/g, '').slice(0, 2) ?? '';
  return subdivisionRules.some(
    (rule) =>
      rule.country === place.country &&
      inForce(rule, now) &&
      (rule.postalPrefixes.includes(postalPrefix) ||
        rule.subdivisions.some((code) => code === subdivision || code === `${rule.country}-${subdivision}`)),
  );
}

/**
 * Whether a part of the country is embargoed and the place does not say which part it lies in: by a whole postal code, or by an
 * ISO 3166-2 subdivision. Names are written in too many ways to be believed.
 */
export function isUnclearPlace({ country, subdivision = '', postalCode = '' }: SubdivisionPlace, now: Date): boolean {
  const rule = subdivisionRules.find((candidate) => candidate.country === country && inForce(candidate, now));
  if (!rule) return false;
  const digits = postalCode.replace(/\s/g, '');
  const tellsByCode = digits.length === rule.postalDigits && /^\d+$/.test(digits);
  return !tellsByCode && !/^\d{2}$/.test(subdivision.toUpperCase().replace(`${country}-`, ''));
}
