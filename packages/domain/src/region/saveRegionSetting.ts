import type { CommandNo } from '../identity/ids.ts';
import { accept, type Decision } from '../refusal/refusal.ts';
import type { Seller } from '../seller/seller.ts';
import { isCountryCode } from './countries.ts';
import { parseDestinations } from './destination.ts';
import type { RegionSetting } from './regionSetting.ts';
import { regionSettingRefusals } from './regionSettingRefusals.ts';
import { isServed } from './servedDestinations.ts';

export interface SavedRegionSetting {
  readonly setting: RegionSetting;
  /** The seller with the new version; to be saved together with the setting. */
  readonly seller: Seller;
}

/**
 * Saves a seller's excluded destinations (R11). The list replaces the whole former one and keeps regions as chosen; it is
 * sorted and without repeats. Saving the very same list makes a new version too: that is how templates enabled since then
 * are reached (R12). Each unknown code is refused by name (`/excludedDestinations/<index>`); a country that is merely not
 * served today is kept with a warning, so that saving again never fails over an embargo.
 */
export function saveRegionSetting(
  seller: Seller,
  chosen: readonly string[],
  commandNo: CommandNo,
  now: Date,
): Decision<SavedRegionSetting> {
  const parsed = parseDestinations(chosen, '/excludedDestinations');
  if (!parsed.ok) return parsed;
  const excludedDestinations = parsed.value;
  const unserved = excludedDestinations.filter((code) => isCountryCode(code) && !isServed(code, now));
  const warnings = unserved.map((code) =>
    regionSettingRefusals.warning('region.setting_unserved', '/excludedDestinations', { code }),
  );
  const version = seller.regionSettingVersion + 1;
  const setting: RegionSetting = { sellerId: seller.id, version, commandNo, excludedDestinations, savedAt: now };
  return accept({ setting, seller: { ...seller, regionSettingVersion: version } }, warnings);
}

/** The seller's opt-in (or its end) that templates enabled later get the current setting at once (R12). Changes no template by itself. */
export const setRegionAutoApply = (seller: Seller, regionAutoApply: boolean): Seller =>
  seller.regionAutoApply === regionAutoApply ? seller : { ...seller, regionAutoApply };
