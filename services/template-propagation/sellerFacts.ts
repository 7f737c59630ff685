import {
  addressesOfSellers,
  holdSuspensions,
  newestRegionSettings,
  type RowOf,
  readSuspensions,
  SellerEntity,
  type Transaction,
} from '@ge/database';
import type { CommandNo, EnablementContext, RegionSetting, SellerAddress, SellerId, SuspensionList } from '@ge/domain';

type SellerRow = RowOf<typeof SellerEntity>;

/** What a GE command on a template depends on besides the template. */
export class SellerFacts {
  readonly #sellers: ReadonlyMap<string, SellerRow>;
  readonly #addresses: ReadonlyMap<string, readonly SellerAddress[]>;
  readonly #settings: ReadonlyMap<string, RegionSetting>;
  readonly #suspensions: SuspensionList;

  constructor(
    sellers: readonly SellerRow[],
    addresses: readonly SellerAddress[],
    settings: readonly RegionSetting[],
    suspensions: SuspensionList,
  ) {
    this.#sellers = new Map(sellers.map((seller) => [seller.id, seller]));
    this.#addresses = Map.groupBy(addresses, (address) => address.sellerId);
    this.#settings = new Map(settings.map((setting) => [setting.sellerId, setting]));
    this.#suspensions = suspensions;
  }

  /** For the domain's decisions on one template; undefined for a seller that does not exist. */
  context(sellerId: SellerId, commandNo: CommandNo, now: Date): EnablementContext | undefined {
    const seller = this.#sellers.get(sellerId);
    if (!seller) return undefined;
    return {
      seller,
      addresses: this.#addresses.get(sellerId) ?? [],
      currentSetting: this.#settings.get(sellerId) ?? null,
      suspensions: this.#suspensions,
      commandNo,
      now,
    };
  }
}

/** Locks the sellers: first in the lock order, and no region setting is saved between our look at it and our commit (R11). */
export const lockSellers = (tx: Transaction, sellerIds: readonly SellerId[]): Promise<SellerRow[]> =>
  tx.lock(SellerEntity, [...new Set(sellerIds)]);

/**
 * Reads what belongs to locked sellers. Call it after the last lock: reference rows come last. The suspension list is
 * held: one that comes now waits for our commit, so that its fan-out finds every template we enable (R13).
 */
export async function readSellerFacts(tx: Transaction, sellers: readonly SellerRow[]): Promise<SellerFacts> {
  const sellerIds = sellers.map((seller) => seller.id);
  await holdSuspensions(tx);
  return new SellerFacts(
    sellers,
    await addressesOfSellers(tx, sellerIds),
    await newestRegionSettings(tx, sellerIds),
    await readSuspensions(tx),
  );
}
