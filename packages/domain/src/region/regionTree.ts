import type { CountryCode } from '../identity/ids.ts';
import { type Region, type RegionCode, regions } from './regions.ts';

const regionByCode = new Map<string, Region>(regions.map((region) => [region.code, region]));

const pathTo = (region: Region): RegionCode[] => {
  const parent = region.parent === null ? undefined : regionByCode.get(region.parent);
  return parent ? [region.code, ...pathTo(parent)] : [region.code];
};

const regionsOfCountry = new Map<string, readonly RegionCode[]>(
  regions.flatMap((region) => region.members.map((country) => [country, pathTo(region)] as const)),
);

const countriesOfRegion = new Map<string, CountryCode[]>(regions.map((region) => [region.code, []]));
for (const [country, path] of regionsOfCountry) {
  for (const code of path) countriesOfRegion.get(code)!.push(country as CountryCode);
}
for (const members of countriesOfRegion.values()) members.sort();

export const isRegionCode = (code: string): code is RegionCode => regionByCode.has(code);

/** Throws RangeError on a code that is no region of the table. */
export function regionOf(code: RegionCode): Region {
  const region = regionByCode.get(code);
  if (!region) throw new RangeError(`not a region: ${code}`);
  return region;
}

/** The regions a country lies in, narrowest first: `FR` → `M49-155`, `M49-150`. Empty for Antarctica. */
export const regionsOf = (country: CountryCode): readonly RegionCode[] => regionsOfCountry.get(country) ?? [];

/** Every country of a region, at any depth, in code order; the United States among them. */
export const countriesIn = (code: RegionCode): readonly CountryCode[] => countriesOfRegion.get(regionOf(code).code)!;
