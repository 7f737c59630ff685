/** Distance from the United States, as a tariff sees it. */
export type Zone = 1 | 2 | 3 | 4 | 5 | 6;

const zones: Readonly<Record<Exclude<Zone, 6>, string>> = {
  1: 'CA MX',
  2: 'AD AT BE CH DE DK ES FI FR GB GG IE IM IT JE LI LU MC NL NO PT SE SM VA',
  3: 'AL BA BG CY CZ EE GI GR HR HU IS LT LV ME MK MT PL RO RS SI SK TR UA',
  4: 'AU CN HK ID IN JP KR MO MY NZ PH SG TH TW VN',
  5: 'AG AI AR AW BB BM BO BR BS BZ CL CO CR CW DM DO EC GD GT GY HN HT JM KN KY LC NI PA PE PY SR SV TC TT UY VC VE VG',
};

const zoneOfCountry = new Map<string, Zone>(
  Object.entries(zones).flatMap(([zone, countries]) =>
    countries.split(' ').map((country): [string, Zone] => [country, Number(zone) as Zone]),
  ),
);

/** Destinations no carrier of the simulator serves; the United States because it exports only. */
const unserved = new Set('BY CU IR KP RU SD SY US PR GU VI AS MP UM AQ BV HM TF'.split(' '));

/** The tariff zone; undefined where nothing is carried. */
export const zoneOf = (country: string): Zone | undefined =>
  !/^[A-Z]{2}$/.test(country) || unserved.has(country) ? undefined : (zoneOfCountry.get(country) ?? 6);
