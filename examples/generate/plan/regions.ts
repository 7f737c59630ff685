import { countriesOf } from '../data/regionMembers.ts';
import type { Random } from '../random.ts';
import { type SellerPlan, trades } from './world.ts';

/** One save of the region setting: the countries and regions to exclude, as chosen. */
export interface RegionChoice {
  readonly seller: SellerPlan;
  readonly excludedDestinations: readonly string[];
  /** Code that the whole save is refused with; null when it is taken. */
  readonly refusedWith: string | null;
}

const choices: readonly (readonly string[])[] = [
  ['FR'],
  ['M49-155'],
  ['M49-155', 'GB'],
  ['GB', 'DE', 'FR'],
  ['M49-034'],
  ['MX', 'CA'],
  ['M49-013', 'BR'],
  ['M49-053', 'JP'],
  ['M49-143'],
  ['ZA'],
  ['M49-018', 'AE'],
  ['M49-030', 'SG', 'SG'],
  // Not served anyway; it stays excluded should it be served one day.
  ['CU', 'NL'],
];

const refusedChoices: readonly (readonly [choice: readonly string[], code: string])[] = [
  [['FR', 'UK'], 'destination.country_unknown'],
  [['M49-155', 'M49-001'], 'destination.region_unknown'],
  [['CA', 'US'], 'destination.domestic'],
];

const takesPart = (seller: SellerPlan, random: Random): boolean => {
  if (!trades(seller)) return false;
  if (seller.role === 'drift' || seller.role === 'auto_apply' || seller.role === 'many_templates') return true;
  return seller.role === 'crowd' && random.chance(0.17);
};

/** The first sellers of the crowd who may choose send lists that are refused; the list of each is its only save. */
export function planRegions(sellers: readonly SellerPlan[], random: Random): readonly RegionChoice[] {
  let refused = 0;
  return sellers
    .filter((seller) => takesPart(seller, random))
    .map((seller, turn): RegionChoice => {
      const bad = seller.role === 'crowd' ? refusedChoices[refused] : undefined;
      if (bad) {
        refused += 1;
        return { seller, excludedDestinations: bad[0], refusedWith: bad[1] };
      }
      return { seller, excludedDestinations: choices[turn % choices.length]!, refusedWith: null };
    });
}

/** Who excludes what once every save is done: countries by seller. */
export const exclusionsBySeller = (choices: readonly RegionChoice[]): ReadonlyMap<SellerPlan, ReadonlySet<string>> =>
  new Map(
    choices
      .filter(({ refusedWith }) => refusedWith === null)
      .map(({ seller, excludedDestinations }) => [seller, new Set(countriesOf(excludedDestinations))]),
  );
