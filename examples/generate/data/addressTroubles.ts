import type { Random } from '../random.ts';
import type { AddressRecord } from '../records.ts';
import type { UsPlace } from './usPlaces.ts';

/** In which ways a general address is made bad, and the codes that must come of it. `address_missing`: none is named at all. */
export const addressTroubles = {
  po_box: ['address.po_box'],
  // A box all the same, and no label can print it.
  po_box_in_chinese: ['address.not_latin', 'address.po_box'],
  general_delivery: ['address.general_delivery'],
  territory: ['address.territory'],
  military: ['address.military'],
  zip_state_mismatch: ['address.zip_state_mismatch'],
  abroad: ['address.not_us'],
  zip_missing: ['address.required'],
  address_missing: ['template.general_address_missing'],
} as const satisfies Record<string, readonly string[]>;

export type AddressTrouble = keyof typeof addressTroubles;

/** As often as they are met among the sellers in trouble. */
export const troubleWeights: Readonly<Record<AddressTrouble, number>> = {
  po_box: 38,
  po_box_in_chinese: 4,
  general_delivery: 4,
  territory: 12,
  military: 10,
  zip_state_mismatch: 12,
  abroad: 5,
  zip_missing: 5,
  address_missing: 12,
};

const poBoxLines: readonly string[] = [
  'PO Box 1182',
  'P.O. Box 404',
  'P O Box 88',
  'p.o. box 7',
  'POB 771',
  'P.O.B. 52',
  'Post Office Box 915',
  'POBox4410',
  'PO-Box 23',
  'P0 Box 17',
  'Box 3320',
  'PO 640',
  'Postal Box 12',
  'Drawer K',
  'Caller 555',
  'Lockbox 4021',
  'Apartado 123',
  'Ｐ．Ｏ．Ｂｏｘ　１２３',
];

const territories: readonly (readonly [line1: string, city: string, state: string, zip: string])[] = [
  ['151 Calle Fortaleza', 'San Juan', 'PR', '00901'],
  ['1250 Ave Ponce de Leon', 'San Juan', 'PR', '00907'],
  ['414 W Soledad Ave', 'Hagatna', 'GU', '96910'],
  ['18 Dronningens Gade', 'St Thomas', 'VI', '00802'],
  ['2 Utulei Rd', 'Pago Pago', 'AS', '96799'],
  ['77 Beach Rd', 'Saipan', 'MP', '96950'],
];

const military: readonly (readonly [line1: string, city: string, state: string, zip: string])[] = [
  ['PSC 3 Box 44', 'APO', 'AE', '09021'],
  ['Unit 2050 Box 4190', 'FPO', 'AP', '96278'],
  ['CMR 450 Box 821', 'APO', 'AE', '09705'],
  ['Unit 9900 Box 12', 'DPO', 'AA', '34038'],
];

/** A ZIP code of another state, far away. */
const strayZips: Readonly<Record<string, string>> = { '9': '33166', default: '98109' };

const placed = (base: AddressRecord, [line1, city, state, postalCode]: (typeof military)[number]): AddressRecord => ({
  ...base,
  line1,
  city,
  state,
  postalCode,
});

/** A good address made bad in exactly one way; `index` makes every spelling come up in turn. */
export function troubled(
  trouble: Exclude<AddressTrouble, 'address_missing'>,
  good: AddressRecord,
  place: UsPlace,
  index: number,
  random: Random,
): AddressRecord {
  switch (trouble) {
    case 'po_box': {
      const box = poBoxLines[index % poBoxLines.length]!;
      // A box beside a street is still a box, and where it says so without doubt it is one on any line.
      return box.startsWith('P.O. ') && random.chance(0.5) ? { ...good, line2: box } : { ...good, line1: box };
    }
    case 'po_box_in_chinese':
      return { ...good, line1: `邮政信箱 ${random.int(10, 99)}` };
    case 'general_delivery':
      return { ...good, line1: 'General Delivery' };
    case 'territory':
      return placed(good, territories[index % territories.length]!);
    case 'military':
      return placed(good, military[index % military.length]!);
    case 'zip_state_mismatch':
      return { ...good, postalCode: strayZips[place.zip[0]!] ?? strayZips.default! };
    case 'abroad':
      return { ...good, line1: '88 Front St W', city: 'Toronto', state: 'ON', postalCode: 'M5J 1E3', country: 'CA' };
    case 'zip_missing': {
      const { postalCode: _, ...rest } = good;
      return rest;
    }
  }
}
