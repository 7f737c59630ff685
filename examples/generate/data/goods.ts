import type { ExportDataRecord } from '../records.ts';

/** What the programme makes of the goods wherever they go. */
export type GoodsVerdict = 'eligible' | 'incomplete' | 'restricted' | 'prohibited';

/** A kind of article: what is said of it at the border, and what must come of that. */
export interface Goods {
  readonly title: string;
  readonly category: string;
  readonly hs: string;
  readonly grams: readonly [min: number, max: number];
  readonly cents: readonly [min: number, max: number];
  readonly verdict: GoodsVerdict;
  /** Code of the reason that a line of an order is refused with; null for eligible goods. */
  readonly reason: string | null;
  /** Countries that do not let it in although it is eligible. */
  readonly bannedIn: readonly string[];
  readonly origin?: string;
  readonly dangerousGoods?: ExportDataRecord['dangerousGoods'];
}

const eligible = (
  title: string,
  category: string,
  hs: string,
  grams: Goods['grams'],
  cents: Goods['cents'],
  more: Partial<Goods> = {},
): Goods => ({ title, category, hs, grams, cents, verdict: 'eligible', reason: null, bannedIn: [], ...more });

const refused = (
  verdict: 'restricted' | 'prohibited',
  reason: string,
  title: string,
  category: string,
  hs: string,
  more: Partial<Goods> = {},
): Goods => ({ ...eligible(title, category, hs, [120, 2400], [900, 9000]), verdict, reason, ...more });

const lithium = (packing: string, wattHours: number, netWeightGrams: number) => ({
  chemistry: 'lithium_ion',
  packing,
  form: 'battery',
  count: 1,
  wattHours,
  netWeightGrams,
});

const smallBattery = { unNumber: 'UN3481', lithium: lithium('in_equipment', 18.5, 95) };

export const eligibleGoods: readonly Goods[] = [
  eligible('Cotton T-shirt', 'apparel', '6109.10.0012', [140, 260], [900, 2900]),
  eligible('Denim jacket', 'apparel', '620193', [600, 1100], [3900, 8900]),
  eligible('Running shoes', 'shoes', '640411', [500, 900], [3900, 12900]),
  eligible('Canvas backpack', 'bags_luggage', '4202.92', [400, 1200], [2500, 8900]),
  eligible('Silver pendant', 'jewelry', '711311', [10, 60], [1900, 14900]),
  eligible('Quartz wrist watch', 'watches', '910211', [60, 180], [2900, 18900]),
  eligible('Boar bristle hair brush', 'beauty', '960329', [90, 300], [800, 3400]),
  eligible('Bluetooth speaker', 'electronics', '851821', [250, 900], [1900, 9900], { dangerousGoods: smallBattery }),
  eligible('Mechanical keyboard', 'computers', '847160', [700, 1200], [4900, 14900]),
  eligible('USB-C cable 2 m', 'phone_accessories', '854442', [40, 120], [600, 1900]),
  eligible('Camera tripod', 'cameras', '9620.00', [900, 2200], [2900, 15900]),
  eligible('Cast iron skillet', 'home_kitchen', '732391', [1800, 3400], [1900, 6900]),
  eligible('Bamboo cutting board', 'home_kitchen', '4419.11', [600, 1500], [1200, 3900]),
  eligible('Folding side table', 'furniture', '940360', [2500, 4000], [3900, 9900]),
  eligible('Torque wrench', 'tools_hardware', '8204.11', [800, 2000], [2400, 8900]),
  eligible('LED desk lamp', 'lighting', '9405.21', [500, 1500], [1900, 6900]),
  eligible('Wooden train set', 'toys_games', '950300', [600, 2200], [1900, 7900]),
  eligible('Muslin swaddle blanket', 'baby', '6301.30', [150, 400], [1200, 3900]),
  eligible('Yoga mat', 'sports_outdoors', '950691', [900, 2200], [1800, 6900]),
  eligible('Brake pad set', 'automotive_parts', '870830', [1200, 3200], [2400, 8900]),
  eligible('Hardcover cookbook', 'books', '490199', [500, 1600], [1500, 4900]),
  eligible('Ukulele', 'musical_instruments', '920290', [500, 1100], [3900, 15900]),
  eligible('Fountain pen', 'office', '960830', [30, 120], [1200, 8900]),
  eligible('Watercolour set', 'arts_crafts', '321310', [250, 900], [1400, 5900]),
  eligible('Dog harness', 'pet_accessories', '420100', [120, 400], [1200, 3900]),
  eligible('Pruning shears', 'garden', '820150', [200, 500], [1400, 4900]),
  eligible('Cable gland kit', 'industrial_supplies', '392690', [200, 900], [900, 3900]),
];

/** Eligible, but one or some countries do not let them in. */
export const bannedGoods: readonly Goods[] = [
  eligible('Camera drone', 'cameras', '8806.22', [400, 900], [9900, 39900], {
    bannedIn: ['IN', 'EG', 'MA'],
    dangerousGoods: smallBattery,
  }),
  eligible('Vintage denim, second hand', 'apparel', '630900', [400, 900], [1900, 6900], {
    bannedIn: ['MX', 'CO', 'ID'],
  }),
  eligible('Playing cards', 'toys_games', '950440', [90, 200], [500, 1900], { bannedIn: ['AE', 'SA'] }),
  eligible('Vinyl record', 'music_video', '852380', [220, 400], [1500, 4900], { bannedIn: ['CN'] }),
  eligible('Filament lamp, vintage', 'lighting', '853922', [60, 160], [600, 2400], { bannedIn: ['DE', 'GB', 'SE'] }),
];

export const restrictedGoods: readonly Goods[] = [
  refused('restricted', 'product.alcohol', 'Craft gin', 'alcohol', '220850'),
  refused('restricted', 'product.weapon_accessories', 'Leather holster', 'weapon_accessories', '420500'),
  refused('restricted', 'product.weapon_accessories', 'Pepper spray', 'self_defense_spray', '930400'),
  refused('restricted', 'product.chemicals', 'Glass cleaner', 'cleaning_chemicals', '340250'),
  refused('restricted', 'product.food', 'Trail mix', 'food', '200819'),
  refused('restricted', 'product.food', 'Salmon dog treats', 'pet_food', '230910'),
  refused('restricted', 'product.drugs', 'Vitamin D3 capsules', 'supplements', '300450'),
  refused('restricted', 'product.medical_devices', 'Pulse oximeter', 'medical_devices', '901819'),
  refused('restricted', 'product.infant_safety', 'Infant car seat', 'child_car_seats', '940180'),
  refused('restricted', 'product.gambling', 'Poker chip case', 'gambling', '950490'),
  refused('restricted', 'product.tobacco', 'Vape starter kit', 'tobacco_vaping', '854340'),
  refused('restricted', 'dangerous_goods.regulated', 'Enamel paint', 'arts_crafts', '320820', {
    dangerousGoods: { unNumber: 'UN1263' },
  }),
  refused('restricted', 'lithium.over_limit', 'Portable power station', 'electronics', '850760', {
    grams: [3000, 6000],
    dangerousGoods: { unNumber: 'UN3481', lithium: lithium('in_equipment', 293, 1800) },
  }),
  refused('restricted', 'product.too_heavy', 'Workbench with vise', 'tools_hardware', '940320', {
    grams: [72_000, 90_000],
  }),
];

export const prohibitedGoods: readonly Goods[] = [
  refused('prohibited', 'product.weapons', 'Replica flintlock', 'weapon_replicas', '930700'),
  refused('prohibited', 'product.plants', 'Tomato seeds', 'seeds', '120991'),
  refused('prohibited', 'product.animals', 'Coral necklace', 'animal_products', '050800'),
  refused('prohibited', 'product.surveillance', 'Hidden camera clock', 'surveillance_equipment', '852580'),
  refused('prohibited', 'product.laser_pointers', 'Green laser pointer', 'laser_pointers', '901320'),
  refused('prohibited', 'product.explosives', 'Party rockets', 'fireworks', '360410'),
  refused('prohibited', 'lithium.alone', 'Spare camera battery', 'cameras', '850760', {
    dangerousGoods: { unNumber: 'UN3480', lithium: lithium('alone', 14, 80) },
  }),
  refused('prohibited', 'product.origin_embargoed', 'Guayabera shirt', 'apparel', '620520', { origin: 'CU' }),
];

/** What can be left out of sound data, and the reason that must come of it. `everything`: the producer has said nothing. */
export const gaps = {
  hsCode: 'export.hs_code_missing',
  originCountry: 'export.origin_missing',
  weightGrams: 'export.weight_missing',
  value: 'export.value_missing',
  everything: 'export_data.missing',
} as const;

export type Gap = keyof typeof gaps;

export const origins: readonly string[] = ['US', 'US', 'CN', 'VN', 'MX', 'IN', 'TW', 'IT', 'TR'];
