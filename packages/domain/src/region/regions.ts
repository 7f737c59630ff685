/** A UN M49 region as `M49-` and its three digits: `M49-150` is Europe, `M49-155` Western Europe. */
export type RegionCode = `M49-${string}`;

export interface Region {
  readonly code: RegionCode;
  /** null for the five continents. */
  readonly parent: RegionCode | null;
  readonly en: string;
  readonly zh: string;
  /** Countries that belong to it directly; those of the regions inside it are not repeated. */
  readonly members: readonly string[];
}

const region = (m49: string, parent: string | null, en: string, zh: string, members = ''): Region => ({
  code: `M49-${m49}`,
  parent: parent === null ? null : `M49-${parent}`,
  en,
  zh,
  members: members === '' ? [] : members.split(' '),
});

/**
 * The geographic regions of the UN M49 standard, every region after its parent.
 * Antarctica (AQ) belongs to none of them; Taiwan, which M49 does not list, stands in Eastern Asia.
 */
export const regions: readonly Region[] = [
  region('002', null, 'Africa', '非洲'),
  region('015', '002', 'Northern Africa', '北非', 'DZ EG EH LY MA SD TN'),
  region('202', '002', 'Sub-Saharan Africa', '撒哈拉以南非洲'),
  region('011', '202', 'Western Africa', '西非', 'BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG'),
  region('014', '202', 'Eastern Africa', '东非', 'BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW'),
  region('017', '202', 'Middle Africa', '中非', 'AO CD CF CG CM GA GQ ST TD'),
  region('018', '202', 'Southern Africa', '南部非洲', 'BW LS NA SZ ZA'),

  region('019', null, 'Americas', '美洲'),
  region('021', '019', 'Northern America', '北美洲', 'BM CA GL PM US'),
  region('419', '019', 'Latin America and the Caribbean', '拉丁美洲和加勒比'),
  region('005', '419', 'South America', '南美洲', 'AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE'),
  region('013', '419', 'Central America', '中美洲', 'BZ CR GT HN MX NI PA SV'),
  region(
    '029',
    '419',
    'Caribbean',
    '加勒比',
    'AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI',
  ),

  region('142', null, 'Asia', '亚洲'),
  region('030', '142', 'Eastern Asia', '东亚', 'CN HK JP KP KR MN MO TW'),
  region('034', '142', 'Southern Asia', '南亚', 'AF BD BT IN IR LK MV NP PK'),
  region('035', '142', 'South-eastern Asia', '东南亚', 'BN ID KH LA MM MY PH SG TH TL VN'),
  region('143', '142', 'Central Asia', '中亚', 'KG KZ TJ TM UZ'),
  region('145', '142', 'Western Asia', '西亚', 'AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE'),

  region('150', null, 'Europe', '欧洲'),
  region('039', '150', 'Southern Europe', '南欧', 'AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA'),
  region('151', '150', 'Eastern Europe', '东欧', 'BG BY CZ HU MD PL RO RU SK UA'),
  region('154', '150', 'Northern Europe', '北欧', 'AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ'),
  region('155', '150', 'Western Europe', '西欧', 'AT BE CH DE FR LI LU MC NL'),

  region('009', null, 'Oceania', '大洋洲'),
  region('053', '009', 'Australia and New Zealand', '澳大利亚和新西兰', 'AU CC CX HM NF NZ'),
  region('054', '009', 'Melanesia', '美拉尼西亚', 'FJ NC PG SB VU'),
  region('057', '009', 'Micronesia', '密克罗尼西亚', 'FM GU KI MH MP NR PW UM'),
  region('061', '009', 'Polynesia', '波利尼西亚', 'AS CK NU PF PN TK TO TV WF WS'),
];

/** Countries of ISO 3166-1 outside every region. */
export const countriesWithoutRegion: readonly string[] = ['AQ'];
