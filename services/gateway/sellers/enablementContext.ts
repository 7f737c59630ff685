import {
  addressesOfSellers,
  newestRegionSettings,
  readSuspensions,
  type SellerRow,
  type Transaction,
} from '@ge/database';
import type { ReviewContext } from '@ge/domain';

/** What enabling a template of this seller depends on besides the template. Lock the seller first where it is to be acted on. */
export async function enablementContext(tx: Transaction, seller: SellerRow, now: Date): Promise<ReviewContext> {
  const addresses = await addressesOfSellers(tx, [seller.id]);
  const settings = await newestRegionSettings(tx, [seller.id]);
  const suspensions = await readSuspensions(tx);
  return { seller, addresses, currentSetting: settings[0] ?? null, suspensions, now };
}
