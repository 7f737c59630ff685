import type { CountryCode } from '../identity/ids.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import { isCountryCode } from '../region/countries.ts';
import { isDomestic } from '../region/servedDestinations.ts';
import type { Address } from './address.ts';
import { type FieldLimits, readFields } from './addressFields.ts';
import { addressWords } from './addressWords.ts';
import { deliveryAddressRefusals } from './deliveryAddressRefusals.ts';
import { namesBoxInHan, namesPostOfficeBox } from './postOfficeBox.ts';

declare const validated: unique symbol;

/** A normalised address of a buyer abroad. Only `validateDestinationAddress` makes one. */
export interface DestinationAddress extends Address {
  readonly country: CountryCode;
  readonly [validated]: 'DestinationAddress';
}

/** Most characters of each field after normalisation; wider than at home, since no carrier's form is known yet. */
export const destinationAddressLimits: FieldLimits = {
  name: 100,
  line1: 180,
  line2: 180,
  city: 60,
  state: 60,
  postalCode: 20,
  country: 2,
  phone: 30,
  email: 254,
};

/**
 * Decides whether a buyer's address can be a Global Express destination as far as its form goes (R24): name, street,
 * city and an ISO alpha-2 country outside the United States and its territories. State and postal code are not asked for, many countries have none.
 * A post office box only warns. Whether the country is served, suspended or excluded is decided elsewhere.
 * `at` is the JSON pointer to the address within what was sent.
 */
export function validateDestinationAddress(address: Address, at = ''): Decision<DestinationAddress> {
  const pointer = (field: string) => `${at}/${field}`;
  const read = readFields(address, {
    limits: destinationAddressLimits,
    required: ['name', 'line1', 'city', 'country'],
    missing: (field) => deliveryAddressRefusals.refusal('delivery_address.required', pointer(field)),
    tooLong: (field, limit) => deliveryAddressRefusals.refusal('delivery_address.too_long', pointer(field), { limit }),
  });
  const refusals: Refusal[] = [...read.refusals];
  const { name, line1, city, country: written, ...rest } = read.fields;
  const country = written?.toUpperCase();
  if (country !== undefined && !isCountryCode(country)) {
    refusals.push(deliveryAddressRefusals.refusal('delivery_address.country_unknown', pointer('country')));
  } else if (country !== undefined && isDomestic(country)) {
    refusals.push(deliveryAddressRefusals.refusal('delivery_address.in_us', pointer('country')));
  }
  if (refusals.length > 0 || !name || !line1 || !city || !country) return refuse(...refusals);

  const warnings: Refusal[] = [];
  for (const field of ['line1', 'line2'] as const) {
    const text = read.fields[field] ?? '';
    if (namesPostOfficeBox(addressWords([text])) || namesBoxInHan(text)) {
      warnings.push(deliveryAddressRefusals.warning('delivery_address.po_box', pointer(field)));
    }
  }
  return accept({ ...rest, name, line1, city, country } as DestinationAddress, warnings);
}
