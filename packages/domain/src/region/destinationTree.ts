import type { CountryCode } from '../identity/ids.ts';
import { countryOf } from './countries.ts';
import type { DestinationCode } from './destination.ts';
import { type Region, regions } from './regions.ts';
import { isDomestic, isServed } from './servedDestinations.ts';

/** A region with what lies in it, or a country without children, as a settings page shows it. */
export interface DestinationNode {
  readonly kind: 'region' | 'country';
  readonly code: DestinationCode;
  readonly en: string;
  readonly zh: string;
  /** A country: the programme delivers there. A region: to at least one country in it. */
  readonly served: boolean;
  /** Countries in it (1 for a country) that are served. */
  readonly servedCount: number;
  readonly children: readonly DestinationNode[];
}

const countryNode = (code: CountryCode, now: Date): DestinationNode => {
  const { en, zh } = countryOf(code);
  const served = isServed(code, now);
  return { kind: 'country', code, en, zh, served, servedCount: served ? 1 : 0, children: [] };
};

function regionNode(region: Region, now: Date): DestinationNode {
  const inner = regions.filter((other) => other.parent === region.code).map((child) => regionNode(child, now));
  const own = (region.members as readonly CountryCode[])
    .filter((code) => !isDomestic(code))
    .map((code) => countryNode(code, now));
  const children = [...inner, ...own];
  const servedCount = children.reduce((sum, child) => sum + child.servedCount, 0);
  const { code, en, zh } = region;
  return { kind: 'region', code, en, zh, served: servedCount > 0, servedCount, children };
}

/** The five continents with their regions and countries; without United States soil and Antarctica. */
export const destinationTree = (now: Date): readonly DestinationNode[] =>
  regions.filter((region) => region.parent === null).map((continent) => regionNode(continent, now));
