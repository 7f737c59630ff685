import type { PolicyPeriod } from './policyPeriod.ts';

/**
 * `domestic`: United States soil, never a destination · `embargoed`: trade is forbidden ·
 * `unserved`: no carrier of the programme delivers there.
 */
export type DestinationBar = 'domestic' | 'embargoed' | 'unserved';

export interface DestinationRule extends PolicyPeriod {
  readonly id: string;
  readonly country: string;
  readonly bar: DestinationBar;
  readonly basis: string;
}

const always = '1970-01-01';

const barred = (bar: DestinationBar, from: string, basis: string, list: string): DestinationRule[] =>
  list.split(' ').map((country) => ({ id: `DP-${country}`, country, bar, from, basis }));

/**
 * Where the programme does not deliver, with the days on which that holds (R24). To lift a bar, give its row an `until`; rows are
 * never removed, so an old order can be judged by the policy of its day.
 * The unincorporated territories count as domestic: they have ZIP codes and domestic services, and no customs line of this programme.
 * The freely associated states (FM, MH, PW) are countries of their own and are served.
 */
export const destinationRules: readonly DestinationRule[] = [
  ...barred('domestic', always, 'United States: the programme ships from here', 'US'),
  ...barred('domestic', always, 'United States territory: domestic shipping', 'AS GU MP PR UM VI'),
  ...barred('embargoed', '1962-02-07', 'Cuban Assets Control Regulations, 31 CFR 515', 'CU'),
  ...barred('embargoed', '1995-05-07', 'Iranian Transactions and Sanctions Regulations, 31 CFR 560', 'IR'),
  ...barred('embargoed', '2008-06-26', 'North Korea Sanctions Regulations, 31 CFR 510', 'KP'),
  ...barred('embargoed', '2004-05-12', 'Export Administration Regulations, 15 CFR 746.9; stays until reviewed', 'SY'),
  ...barred(
    'embargoed',
    '2022-03-02',
    'United States express carriers suspended service; 15 CFR 746.5, 746.8',
    'BY RU',
  ),
  ...barred('unserved', always, 'No resident buyers or no express service', 'AQ BV GS HM IO PN TF TK'),
];

export interface SubdivisionRule extends PolicyPeriod {
  readonly id: string;
  readonly country: string;
  /** ISO 3166-2 codes. */
  readonly subdivisions: readonly string[];
  /** First two digits of the postal codes there. */
  readonly postalPrefixes: readonly string[];
  /** Digits of a postal code of the whole country; one of another length says nothing. */
  readonly postalDigits: number;
  readonly basis: string;
}

/** Embargoed parts of a country that is served otherwise. */
export const subdivisionRules: readonly SubdivisionRule[] = [
  {
    id: 'DP-UA-CRIMEA',
    country: 'UA',
    subdivisions: ['UA-43', 'UA-40'],
    postalPrefixes: ['95', '96', '97', '98', '99'],
    postalDigits: 5,
    from: '2014-12-19',
    basis: 'Executive Order 13685',
  },
  {
    id: 'DP-UA-DNR-LNR',
    country: 'UA',
    subdivisions: ['UA-14', 'UA-09'],
    postalPrefixes: ['83', '84', '85', '86', '87', '91', '92', '93', '94'],
    postalDigits: 5,
    from: '2022-02-21',
    basis: 'Executive Order 14065; carriers do not tell the held parts of the two regions from the others',
  },
];
