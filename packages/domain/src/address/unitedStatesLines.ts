import type { AddressField, AddressFields } from './addressFields.ts';
import type { RaiseAddress } from './addressRefusals.ts';
import { isLatin } from './addressText.ts';
import { addressWords } from './addressWords.ts';
import { isMilitaryCity } from './deliveryDesignations.ts';
import { carriesPostOfficeBox, namesBoxInHan, namesPostOfficeBox } from './postOfficeBox.ts';
import { findInStreetLines, type StreetFindingKind } from './streetLines.ts';

const LATIN_FIELDS: readonly AddressField[] = ['line1', 'line2', 'city'];
const FINDING_CODES = {
  po_box: 'address.po_box',
  military: 'address.military',
  general_delivery: 'address.general_delivery',
} as const satisfies Record<Exclude<StreetFindingKind, 'private_mailbox'>, string>;

/** Judges name, street lines and city: boxes, military post, held mail, letters no label can print. */
export function judgeLines(fields: AddressFields, raise: RaiseAddress, warn: RaiseAddress): void {
  const lines = (['line1', 'line2'] as const).filter((field) => fields[field] !== undefined);
  for (const { kind, line } of findInStreetLines(lines.map((field) => fields[field]!))) {
    const field = lines[line]!;
    if (kind === 'private_mailbox') warn('address.private_mailbox', field);
    else raise(FINDING_CODES[kind], field);
  }
  for (const field of lines) if (namesBoxInHan(fields[field]!)) raise('address.po_box', field);
  for (const field of LATIN_FIELDS) if (!isLatin(fields[field] ?? '')) raise('address.not_latin', field);
  if (fields.name !== undefined) {
    if (carriesPostOfficeBox(addressWords([fields.name]))) raise('address.po_box', 'name');
    if (!isLatin(fields.name)) warn('address.not_latin', 'name');
  }
  if (fields.city !== undefined) {
    const words = addressWords([fields.city]);
    if (namesPostOfficeBox(words)) raise('address.po_box', 'city');
    if (isMilitaryCity(words)) raise('address.military', 'city');
  }
}
