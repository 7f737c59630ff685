import { type CountryCode, isCountryCode } from '@ge/domain';
import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { address } from '../schema/address.ts';
import { finding } from '../schema/finding.ts';
import { addressId, instant, locale, ofSeller, page, pageQuery, sellerId } from '../schema/wire.ts';

const country = z.string().refine(isCountryCode).meta({ description: 'ISO 3166-1 alpha-2' }) as unknown as z.ZodType<
  CountryCode,
  string
>;

export const seller = z
  .object({
    id: sellerId,
    marketplaceId: z.string(),
    country,
    name: z.string(),
    email: z.string(),
    locale,
    timeZone: z.string(),
    generalAddressId: addressId.nullable(),
    regionAutoApply: z.boolean(),
    regionSettingVersion: z.int(),
    createdAt: instant,
  })
  .meta({ id: 'Seller' });

export const sellersPerImport = 500;

const importedSeller = z.strictObject({
  sellerId,
  marketplaceId: z.string().min(1).max(64),
  country,
  name: z.string().min(1).max(200),
  email: z.email().max(254),
  locale,
  timeZone: z.string().min(1).max(64).default('America/Los_Angeles').meta({ description: 'IANA name' }),
  addresses: z
    .array(address)
    .max(50)
    .default([])
    .meta({ description: 'Added to the address book; one that is there already, word for word, stays as it is' }),
  generalAddress: z
    .int()
    .nonnegative()
    .nullable()
    .optional()
    .meta({ description: 'Index into `addresses`; null = none; left out = unchanged. Not judged here' }),
});

export const importSellers = defineRoute({
  id: 'sellers.import',
  method: 'POST',
  path: '/v1/sellers',
  scopes: ['operator', 'producer'],
  rule: null,
  summary: 'Adds sellers or brings them up to date, up to 500 at once; addresses are taken as they are',
  body: z.strictObject({
    sellers: z
      .array(importedSeller)
      .min(1)
      .max(sellersPerImport)
      .refine((sellers) => new Set(sellers.map((entry) => entry.sellerId)).size === sellers.length, {
        error: 'each seller once',
      }),
  }),
  maxBytes: 8 * 1024 * 1024,
  responses: {
    200: z.object({
      sellers: z.array(
        z.object({
          sellerId,
          created: z.boolean(),
          generalAddressId: addressId.nullable(),
          addressIds: z.array(addressId).meta({ description: 'In the order of `addresses`' }),
        }),
      ),
      warnings: z
        .array(finding)
        .meta({ description: 'What R6 will refuse of the general addresses when they are used' }),
    }),
  },
  problems: ['time.zone_unknown'],
});

export const listSellers = defineRoute({
  id: 'sellers.list',
  method: 'GET',
  path: '/v1/sellers',
  scopes: ['operator', 'producer'],
  rule: null,
  summary: 'All sellers in id order',
  query: pageQuery.extend({ country: country.optional() }),
  responses: { 200: page(seller) },
  problems: [],
});

export const getSeller = defineRoute({
  id: 'sellers.get',
  method: 'GET',
  path: '/v1/sellers/{sellerId}',
  scopes: ['operator', 'producer', 'seller'],
  rule: null,
  summary: 'One seller with the general shipping settings',
  params: ofSeller,
  responses: { 200: seller },
  problems: [],
});
