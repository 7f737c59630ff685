import type { Refusal } from '../refusal/refusal.ts';
import type { Address } from './address.ts';
import { cleanText, RAW_FIELD_LIMIT, saysSomething, textLength } from './addressText.ts';

export type AddressField = keyof Address;

const ADDRESS_FIELDS: readonly AddressField[] = [
  'name',
  'line1',
  'line2',
  'city',
  'state',
  'postalCode',
  'country',
  'phone',
  'email',
];

export type FieldLimits = Readonly<Record<AddressField, number>>;

export type AddressFields = Readonly<Partial<Record<AddressField, string>>>;

/** Cleaned fields, those that say nothing left out, and what is missing or too long among them. */
export interface ReadFields {
  readonly fields: AddressFields;
  readonly refusals: readonly Refusal[];
}

export interface FieldRules {
  readonly limits: FieldLimits;
  readonly required: readonly AddressField[];
  readonly missing: (field: AddressField) => Refusal;
  readonly tooLong: (field: AddressField, limit: number) => Refusal;
}

/** Reads every field once. A field longer than `RAW_FIELD_LIMIT` is refused as too long and not looked into. */
export function readFields(address: Address, rules: FieldRules): ReadFields {
  const fields: Partial<Record<AddressField, string>> = {};
  const refusals: Refusal[] = [];
  for (const field of ADDRESS_FIELDS) {
    const raw = address[field] ?? '';
    const limit = rules.limits[field];
    if (raw.length > RAW_FIELD_LIMIT) {
      refusals.push(rules.tooLong(field, limit));
      continue;
    }
    const text = cleanText(raw);
    if (saysSomething(text)) fields[field] = text;
    else if (rules.required.includes(field)) refusals.push(rules.missing(field));
    if (textLength(text) > limit) refusals.push(rules.tooLong(field, limit));
  }
  return { fields, refusals };
}
