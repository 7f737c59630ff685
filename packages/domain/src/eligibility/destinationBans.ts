import type { PolicyPeriod } from '../region/policyPeriod.ts';

/** Goods that one destination, or one region, does not let in. Fits by category or by the first digits of the HS code. */
export interface DestinationBan extends PolicyPeriod {
  readonly id: string;
  /** Country or region codes. */
  readonly destinations: readonly string[];
  /** What is banned, as it is shown to sellers. */
  readonly subjectEn: string;
  readonly subjectZh: string;
  readonly categories: readonly string[];
  readonly hsPrefixes: readonly string[];
}

const ban = (
  id: string,
  destinations: string,
  subjectEn: string,
  subjectZh: string,
  fits: { readonly categories?: string; readonly hsPrefixes?: string },
): DestinationBan => ({
  id,
  destinations: destinations.split(' '),
  subjectEn,
  subjectZh,
  categories: fits.categories?.split(' ') ?? [],
  hsPrefixes: fits.hsPrefixes?.split(' ') ?? [],
  from: '2024-01-01',
});

/** Import bans beyond what the programme refuses everywhere (R5). Rows are ended with `until`, never removed. */
export const destinationBans: readonly DestinationBan[] = [
  ban('EL-B01', 'SG', 'chewing gum', '口香糖', { hsPrefixes: '170410' }),
  ban('EL-B02', 'DZ EG IN MA', 'drones', '无人机', { hsPrefixes: '8806' }),
  ban('EL-B03', 'AR BR CL CO EC ID IN MX PE PH', 'used clothing', '二手服装', { hsPrefixes: '6309' }),
  ban('EL-B04', 'KE RW TZ', 'plastic bags', '塑料袋', { hsPrefixes: '392321 392329' }),
  ban('EL-B05', 'AE KW QA SA', 'playing cards', '扑克牌', { hsPrefixes: '950440' }),
  ban('EL-B06', 'AU NZ', 'unprocessed plant fibres', '未加工植物纤维', { hsPrefixes: '1401 1404' }),
  ban('EL-B07', 'M49-150', 'incandescent lamps', '白炽灯', { hsPrefixes: '853922' }),
  ban('EL-B08', 'CN', 'recordings, newspapers and periodicals', '音像制品和报刊', {
    categories: 'music_video',
    hsPrefixes: '4902',
  }),
];
