import { zipCrossings } from './zipCrossings.ts';
import { territoryZips, zipPrefixes } from './zipPrefixes.ts';

const stateOfPrefix: ReadonlyMap<string, string> = new Map(
  Object.entries(zipPrefixes).flatMap(([state, ranges]) =>
    ranges.split(' ').flatMap((range) => {
      const [first = '', last = first] = range.split('-');
      return Array.from(
        { length: Number(last) - Number(first) + 1 },
        (_, offset) => [String(Number(first) + offset).padStart(3, '0'), state] as const,
      );
    }),
  ),
);

const ZIP = /^(\d{5})(?:[ \p{Pd}]{0,3}(\d{4}))?$/u;

/** `12345` or `12345-6789`, from any dash or blank between; undefined for anything else. */
export function parseZip(written: string): string | undefined {
  const [, five, four] = ZIP.exec(written) ?? [];
  return five && (four ? `${five}-${four}` : five);
}

/** State, territory or theatre (AA, AE, AP) whose ZIP this is; undefined for a prefix nobody holds. */
export const stateOfZip = (zip: string): string | undefined =>
  territoryZips[zip.slice(0, 5)] ?? stateOfPrefix.get(zip.slice(0, 3));

export type ZipFit = 'fits' | 'crosses' | 'mismatch' | 'unused';

/** How a ZIP (as `parseZip` gives it) and a state code go together. */
export function zipFit(zip: string, state: string): ZipFit {
  const home = stateOfZip(zip);
  if (home === undefined) return 'unused';
  if (home === state) return 'fits';
  return zipCrossings[zip.slice(0, 5)]?.split(' ').includes(state) ? 'crosses' : 'mismatch';
}
