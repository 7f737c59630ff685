import { newId, type RowOf, type SellerAddressEntity } from '@ge/database';
import type { Address, AddressId, SellerId } from '@ge/domain';
import { canonical } from '../http/canonical.ts';

type AddressRow = RowOf<typeof SellerAddressEntity>;

/** The address books of some sellers, to which addresses are added once, word for word. */
export class AddressBook {
  readonly #ids: Map<string, AddressId>;
  readonly #added: AddressRow[] = [];
  readonly #now: Date;

  constructor(rows: readonly AddressRow[], now: Date) {
    this.#ids = new Map(rows.map((row) => [keyOf(row.sellerId, row.address), row.id]));
    this.#now = now;
  }

  /** The id of the address in the seller's book, where it is entered unless it is there already. */
  add(sellerId: SellerId, address: Address): AddressId {
    const key = keyOf(sellerId, address);
    const known = this.#ids.get(key);
    if (known) return known;
    const id = newId<AddressId>('adr');
    this.#ids.set(key, id);
    this.#added.push({ id, sellerId, address, createdAt: this.#now });
    return id;
  }

  get added(): readonly AddressRow[] {
    return this.#added;
  }
}

const keyOf = (sellerId: SellerId, address: Address): string => `${sellerId} ${canonical(address)}`;
