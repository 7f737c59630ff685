import type { Address, AddressId, CountryCode, Locale, SellerId } from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { counter, instant, json, key, word } from './columns.ts';

export const SellerEntity = defineEntity({
  name: 'Seller',
  tableName: 'sellers',
  properties: {
    id: key<SellerId>().primary(),
    marketplaceId: p.text(),
    country: word<CountryCode>(),
    name: p.text(),
    email: p.text(),
    locale: word<Locale>(),
    timeZone: p.text(),
    generalAddressId: key<AddressId>().strictNullable(),
    regionAutoApply: p.boolean().default(false),
    regionSettingVersion: p.integer().default(0),
    commandNo: counter().default(0),
    createdAt: instant().defaultRaw('now()'),
  },
  indexes: [
    { name: 'sellers_country_id', properties: ['country', 'id'] },
    {
      name: 'sellers_email',
      expression: `create index "sellers_email" on "sellers" (lower("email"), "id")`,
    },
  ],
});

export const SellerAddressEntity = defineEntity({
  name: 'SellerAddress',
  tableName: 'seller_addresses',
  properties: {
    id: key<AddressId>().primary(),
    sellerId: key<SellerId>(),
    address: json<Address>(),
    createdAt: instant().defaultRaw('now()'),
  },
  indexes: [{ name: 'seller_addresses_seller', properties: ['sellerId', 'id'] }],
});
