import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { address } from '../schema/address.ts';
import { finding } from '../schema/finding.ts';
import { addressId, instant, ofSeller, page, pageQuery } from '../schema/wire.ts';
import { seller } from './sellers.ts';

export const sellerAddress = z.object({ id: addressId, address, createdAt: instant }).meta({ id: 'SellerAddress' });

export const listAddresses = defineRoute({
  id: 'addresses.list',
  method: 'GET',
  path: '/v1/sellers/{sellerId}/addresses',
  scopes: ['operator', 'producer', 'seller'],
  rule: null,
  summary: "A seller's address book",
  params: ofSeller,
  query: pageQuery,
  responses: { 200: page(sellerAddress) },
  problems: [],
});

export const addAddresses = defineRoute({
  id: 'addresses.add',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/addresses',
  scopes: ['operator', 'producer', 'seller'],
  rule: 'R6',
  summary: 'Adds addresses as they are written, up to 100 at once; they are judged where they are used',
  params: ofSeller,
  body: z.strictObject({ addresses: z.array(address).min(1).max(100) }),
  responses: {
    201: z.object({
      addressIds: z.array(addressId),
      warnings: z.array(finding).meta({ description: 'What R6 refuses or warns of' }),
    }),
  },
  problems: [],
});

export const checkAddress = defineRoute({
  id: 'addresses.check',
  method: 'POST',
  path: '/v1/addresses/check',
  scopes: ['operator', 'producer', 'seller'],
  rule: 'R6',
  summary: 'Whether an address may stand in the general shipping settings, with every reason against it; keeps nothing',
  body: z.strictObject({ address }),
  responses: {
    200: z.object({
      valid: z.boolean(),
      normalised: address.nullable(),
      refusals: z.array(finding),
      warnings: z.array(finding),
    }),
  },
  problems: [],
});

export const setGeneralAddress = defineRoute({
  id: 'addresses.setGeneral',
  method: 'PUT',
  path: '/v1/sellers/{sellerId}/general-address',
  scopes: ['operator', 'producer', 'seller'],
  rule: 'R6',
  summary: 'Makes an address of the book the general one',
  params: ofSeller,
  body: z.strictObject({ addressId }),
  responses: { 200: z.object({ seller, warnings: z.array(finding) }) },
  problems: [
    'address.required',
    'address.po_box',
    'address.territory',
    'address.military',
    'address.not_us',
    'address.general_delivery',
    'address.too_long',
    'address.not_latin',
    'address.unknown_state',
    'address.zip_format',
    'address.zip_not_in_use',
    'address.zip_state_mismatch',
  ],
});
