/** Writes src/region/countryNames.ts from the CLDR names this Node carries. Run: `./ge run packages/domain/scripts/generateCountryNames.ts`. */
import { writeFileSync } from 'node:fs';
import { countriesWithoutRegion, regions } from '../src/region/regions.ts';

const en = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const zh = new Intl.DisplayNames(['zh-Hans'], { type: 'region', fallback: 'none' });

const codes = [...regions.flatMap((r) => r.members), ...countriesWithoutRegion].sort();
const rows = codes.map((code) => {
  const names = [en.of(code), zh.of(code)];
  if (names.some((name) => !name || name.includes("'"))) throw new Error(`no usable name for ${code}`);
  return `  ${code}: ['${names[0]}', '${names[1]}'],\n`;
});

writeFileSync(
  new URL('../src/region/countryNames.ts', import.meta.url),
  `/** Written by scripts/generateCountryNames.ts; do not edit. */

/** CLDR release the names come from. */
export const countryNamesCldr = '${process.versions.cldr}';

/** ISO 3166-1 alpha-2 → [English, simplified Chinese]. */
export const countryNames: Readonly<Record<string, readonly [en: string, zh: string]>> = {
${rows.join('')}};
`,
);
