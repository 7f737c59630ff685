import type { PolicyPeriod } from '../region/policyPeriod.ts';
import type { eligibilityRefusals } from './eligibilityRefusals.ts';

export type EligibilityCode = keyof typeof eligibilityRefusals.texts;

/** A kind of goods that may not be exported; fits by category, or by the first digits of the HS code whatever the category says. */
export interface CategoryRule extends PolicyPeriod {
  readonly id: string;
  readonly verdict: 'prohibited' | 'restricted';
  readonly code: EligibilityCode;
  readonly categories: readonly string[];
  readonly hsPrefixes: readonly string[];
}

/** Grows whenever a row of the screening tables is added, changed or ended: SKUs are then screened anew (`screeningStamp`). */
export const eligibilityPolicyVersion = 1;

const from = '2024-01-01';

const rule = (
  id: string,
  verdict: CategoryRule['verdict'],
  code: EligibilityCode,
  categories: string,
  hsPrefixes = '',
): CategoryRule => ({
  id,
  verdict,
  code,
  categories: categories.split(' '),
  hsPrefixes: hsPrefixes === '' ? [] : hsPrefixes.split(' '),
  from,
});

/**
 * What the programme never exports and what it exports only under conditions it does not handle (R5).
 * Rows are ended with `until`, never removed: a decision can be explained by the rules of its day.
 */
export const categoryRules: readonly CategoryRule[] = [
  rule('EL-P01', 'prohibited', 'product.weapons', 'weapons weapon_replicas', '9301 9302 9303 9306 9307'),
  rule('EL-P02', 'prohibited', 'product.plants', 'plants seeds soil', '06 1209'),
  rule('EL-P03', 'prohibited', 'product.animals', 'live_animals animal_products', '01 0507 0508 4301 4302 4303'),
  rule('EL-P04', 'prohibited', 'product.surveillance', 'surveillance_equipment'),
  rule('EL-P05', 'prohibited', 'product.laser_pointers', 'laser_pointers', '901320'),
  rule('EL-P06', 'prohibited', 'product.explosives', 'fireworks', '3601 3602 3603 3604'),

  rule('EL-R01', 'restricted', 'product.alcohol', 'alcohol', '2203 2204 2205 2206 2207 2208'),
  rule(
    'EL-R02',
    'restricted',
    'product.weapon_accessories',
    'weapon_accessories self_defense_spray air_guns',
    '9304 9305 901310',
  ),
  rule(
    'EL-R03',
    'restricted',
    'product.chemicals',
    'pesticides fertilizers industrial_chemicals automotive_chemicals cleaning_chemicals',
    '28 29 31 3402 3403 3405 3808 3811 3819 3820',
  ),
  rule(
    'EL-R04',
    'restricted',
    'product.food',
    'food pet_food',
    '02 03 04 07 08 09 10 11 15 16 17 18 19 20 2101 2102 2103 2104 2105 2106 2201 2202 2209 2309',
  ),
  rule('EL-R05', 'restricted', 'product.drugs', 'drugs supplements pet_supplements', '30'),
  rule('EL-R06', 'restricted', 'product.medical_devices', 'medical_devices', '9018 9019 9021 9022'),
  rule('EL-R07', 'restricted', 'product.drug_paraphernalia', 'drug_paraphernalia', '9614'),
  rule('EL-R08', 'restricted', 'product.adult', 'adult_products'),
  rule('EL-R09', 'restricted', 'product.brewing', 'brewing_equipment', '843840'),
  rule('EL-R10', 'restricted', 'product.infant_safety', 'baby_walkers infant_self_feeding child_car_seats'),
  rule('EL-R11', 'restricted', 'product.cryptography', 'cryptographic_electronics'),
  rule('EL-R12', 'restricted', 'product.gambling', 'gambling', '950430'),
  rule('EL-R13', 'restricted', 'product.imitation_currency', 'imitation_currency', '4907'),
  // Not on the programme's list, but in the terms of both carriers.
  rule('EL-R14', 'restricted', 'product.tobacco', 'tobacco_vaping', '24 854340'),
];
