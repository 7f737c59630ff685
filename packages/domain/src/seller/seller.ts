import type { Address } from '../address/address.ts';
import type { AddressId, CommandNo, CountryCode, SellerId } from '../identity/ids.ts';
import type { Locale } from '../refusal/describe.ts';

/** A merchant account; the unit of fairness, of command order and of fan-out. */
export interface Seller {
  readonly id: SellerId;
  readonly marketplaceId: string;
  /** Where the seller is established; only `US` is eligible (R1). */
  readonly country: CountryCode;
  readonly name: string;
  readonly email: string;
  readonly locale: Locale;
  /** IANA zone; ship-by dates end at its midnight. */
  readonly timeZone: string;
  /** General shipping settings (R6): which of the seller's addresses is the general one. */
  readonly generalAddressId: AddressId | null;
  /** Opt-in of R12: templates enabled later get the current region setting at once. */
  readonly regionAutoApply: boolean;
  /** Version of the seller's current region setting; 0 = never saved. */
  readonly regionSettingVersion: number;
  /** The last command number drawn. */
  readonly commandNo: CommandNo;
}

/** One of a seller's address book entries, kept as written; judged by R6 when it is used. */
export interface SellerAddress {
  readonly id: AddressId;
  readonly sellerId: SellerId;
  readonly address: Address;
}
