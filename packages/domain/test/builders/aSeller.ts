import type { Address, AddressId, CountryCode, Seller, SellerAddress, SellerId } from '../../src/index.ts';

export const sellerId = 'A1TESTSELLER01' as SellerId;
export const generalAddressId = 'adr_general' as AddressId;

/** A United States seller with a general address and nothing saved yet. */
export const aSeller = (change: Partial<Seller> = {}): Seller => ({
  id: sellerId,
  marketplaceId: 'ATVPDKIKX0DER',
  country: 'US' as CountryCode,
  name: 'Cascade Outfitters',
  email: 'seller@example.com',
  locale: 'en-US',
  timeZone: 'America/Los_Angeles',
  generalAddressId,
  regionAutoApply: false,
  regionSettingVersion: 0,
  commandNo: 0,
  ...change,
});

/** A street address that holds R6. */
const anAddress = (change: Partial<Address> = {}): Address => ({
  name: 'Cascade Outfitters',
  line1: '410 Terry Ave N',
  city: 'Seattle',
  state: 'WA',
  postalCode: '98109',
  country: 'US',
  ...change,
});

/** An entry of the address book; by default the general one. */
export const aSellerAddress = (id: string = generalAddressId, change: Partial<Address> = {}): SellerAddress => ({
  id: id as AddressId,
  sellerId,
  address: anAddress(change),
});
