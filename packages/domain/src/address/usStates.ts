/** The fifty states and the District of Columbia. */
export const usStates = {
  AL: 'Alabama',
  AK: 'Alaska',
  AZ: 'Arizona',
  AR: 'Arkansas',
  CA: 'California',
  CO: 'Colorado',
  CT: 'Connecticut',
  DE: 'Delaware',
  DC: 'District of Columbia',
  FL: 'Florida',
  GA: 'Georgia',
  HI: 'Hawaii',
  ID: 'Idaho',
  IL: 'Illinois',
  IN: 'Indiana',
  IA: 'Iowa',
  KS: 'Kansas',
  KY: 'Kentucky',
  LA: 'Louisiana',
  ME: 'Maine',
  MD: 'Maryland',
  MA: 'Massachusetts',
  MI: 'Michigan',
  MN: 'Minnesota',
  MS: 'Mississippi',
  MO: 'Missouri',
  MT: 'Montana',
  NE: 'Nebraska',
  NV: 'Nevada',
  NH: 'New Hampshire',
  NJ: 'New Jersey',
  NM: 'New Mexico',
  NY: 'New York',
  NC: 'North Carolina',
  ND: 'North Dakota',
  OH: 'Ohio',
  OK: 'Oklahoma',
  OR: 'Oregon',
  PA: 'Pennsylvania',
  RI: 'Rhode Island',
  SC: 'South Carolina',
  SD: 'South Dakota',
  TN: 'Tennessee',
  TX: 'Texas',
  UT: 'Utah',
  VT: 'Vermont',
  VA: 'Virginia',
  WA: 'Washington',
  WV: 'West Virginia',
  WI: 'Wisconsin',
  WY: 'Wyoming',
} as const;

/** Territories and freely associated states with US ZIP codes. */
export const usTerritories = {
  PR: 'Puerto Rico',
  VI: 'Virgin Islands',
  GU: 'Guam',
  AS: 'American Samoa',
  MP: 'Northern Mariana Islands',
  FM: 'Federated States of Micronesia',
  MH: 'Marshall Islands',
  PW: 'Palau',
} as const;

/** Theatres of military and diplomatic post; they stand where a state would. */
export const militaryStates = {
  AA: 'Armed Forces Americas',
  AE: 'Armed Forces Europe',
  AP: 'Armed Forces Pacific',
} as const;

export type UsStateCode = keyof typeof usStates | keyof typeof usTerritories;

export type StateKind = 'state' | 'territory' | 'military';

export interface KnownState {
  readonly code: string;
  readonly kind: StateKind;
}

const lettersOf = (text: string): string => text.toUpperCase().replace(/[^A-Z]/g, '');

const known: ReadonlyMap<string, KnownState> = new Map(
  (
    [
      ['state', usStates],
      ['territory', usTerritories],
      ['military', militaryStates],
    ] as const
  ).flatMap(([kind, table]) =>
    Object.entries(table).flatMap(([code, name]) => {
      const state: KnownState = { code, kind };
      return [[code, state] as const, [lettersOf(name), state] as const];
    }),
  ),
);

/** The state a seller wrote, by code or English name, whatever its case and dots (`ca`, `D.C.`, `New York`). */
export const knownState = (written: string): KnownState | undefined => known.get(lettersOf(written));
