import { domesticShipping } from '../data/domesticShipping.ts';
import { chineseTemplateNames, domesticCarriers, templateNames } from '../data/names.ts';
import type { Random } from '../random.ts';
import type { WizardRecord } from '../records.ts';
import type { Role, SellerPlan, TemplatePlan } from './world.ts';

/** Sellers whose feeds name templates have fixed ones, so that near misses of the names can be planned. */
export const loaderTemplates = {
  names: [
    'Standard, 48 states',
    'Free Shipping 5–8 Days',
    '标准配送 – 全国',
    'Oversize & Heavy (freight)',
    'Expedited 2026',
    'Läger Süd / Été',
    'Pick-up counter only',
  ],
  /** The one that was renamed, and what it was called before. */
  renamed: 4,
  formerName: 'Expedited 2024',
  /** The one without domestic settings: it stays blocked. */
  withoutDomestic: 6,
} as const;

export const productFeedTemplates = {
  names: ['默认运费模板', '满$35包邮', 'Two-Day & More', 'Bücher <Media Rate>', '清仓 – 仅自提'],
  renamed: 2,
  formerName: 'Two-Day',
  withoutDomestic: 4,
} as const;

interface Owner {
  readonly tag: string;
  readonly id: string;
  readonly role: Role;
  readonly chinese: boolean;
  readonly book: Pick<SellerPlan, 'addresses' | 'generalAddressId'>;
  /** Whether the wizard lets this seller begin at all: in the United States, with a good general address. */
  readonly byHand: boolean;
}

function namesOf(owner: Owner, random: Random): readonly string[] {
  if (owner.role === 'loader') return loaderTemplates.names;
  if (owner.role === 'product_feed') return productFeedTemplates.names;
  const counts: Partial<Record<Role, readonly [number, number]>> = {
    page: [5, 5],
    drift: [4, 4],
    auto_apply: [3, 3],
    confirmer: [3, 3],
    many_templates: [31, 38],
    leaver: [3, 5],
  };
  const [min, max] =
    counts[owner.role] ??
    random.pick([
      [1, 3],
      [2, 5],
      [3, 8],
      [6, 12],
    ] as const);
  const wanted = random.int(min, max);
  const pool = owner.chinese
    ? [...random.shuffle([...chineseTemplateNames]), ...random.shuffle([...templateNames])]
    : [...random.shuffle([...templateNames]), ...random.shuffle([...chineseTemplateNames])];
  return pool.slice(0, wanted);
}

const steps = {
  untouched: 55,
  automation_on: 8,
  ship_from_chosen: 13,
  ge_switched_on: 11,
  reviewed: 7,
  confirmed: 6,
} as const;

/** A step the seller may have stopped at. Review and confirmation need the domestic settings. */
function wizardOf(owner: Owner, hasDomestic: boolean, random: Random): WizardRecord | null {
  const general = owner.book.generalAddressId;
  if (!owner.byHand || general === null) return null;
  const reached = random.weighted(steps);
  if (reached === 'untouched') return null;
  const step = !hasDomestic && (reached === 'reviewed' || reached === 'confirmed') ? 'ge_switched_on' : reached;
  if (step === 'automation_on') return { step, shipFrom: [], carrierPreferences: [] };
  const second = owner.book.addresses.find(({ id, address }) => id !== general && address.name.endsWith('Whse'));
  const shipFrom = second && random.chance(0.4) ? [general, second.id] : [general];
  const carrierPreferences = random.chance(0.5) ? random.shuffle([...domesticCarriers]).slice(0, random.int(1, 3)) : [];
  return { step, shipFrom, carrierPreferences };
}

function hasDomestic(owner: Owner, no: number, random: Random): boolean {
  if (owner.role === 'loader') return no !== loaderTemplates.withoutDomestic;
  if (owner.role === 'product_feed') return no !== productFeedTemplates.withoutDomestic;
  if (owner.role === 'page') return no !== 4;
  if (owner.role === 'drift') return no !== 3;
  if (owner.role === 'confirmer' || owner.role === 'auto_apply') return true;
  if (owner.role === 'leaver') return no < 2 || random.chance(0.7);
  return random.chance(0.93);
}

/** Leavers have both branches of leaving: domestic automation on in their first template, never begun in the second. */
function leaverWizard(owner: Owner, no: number, domestic: boolean, random: Random): WizardRecord | null {
  const general = owner.book.generalAddressId!;
  if (no === 0) return { step: 'ship_from_chosen', shipFrom: [general], carrierPreferences: ['USPS', 'UPS'] };
  return no === 1 ? null : wizardOf(owner, domestic, random);
}

function formerNamesOf(owner: Owner, no: number, name: string, random: Random): readonly string[] {
  const { role } = owner;
  if (role === 'loader') return no === loaderTemplates.renamed ? [loaderTemplates.formerName] : [];
  if (role === 'product_feed') return no === productFeedTemplates.renamed ? [productFeedTemplates.formerName] : [];
  return random.chance(0.04) ? [`${name} (old)`] : [];
}

/** The first template is the default one. */
export function planTemplates(owner: Owner, random: Random): readonly TemplatePlan[] {
  return namesOf(owner, random).map((name, no): TemplatePlan => {
    const domestic = hasDomestic(owner, no, random);
    const wizard =
      owner.role === 'leaver' ? leaverWizard(owner, no, domestic, random) : wizardOf(owner, domestic, random);
    return {
      id: `tpl_${owner.tag}_${String(no + 1).padStart(2, '0')}`,
      sellerId: owner.id,
      name,
      formerNames: formerNamesOf(owner, no, name, random),
      isDefault: no === 0,
      domesticShipping: domestic ? domesticShipping(random) : null,
      wizard,
      domesticAutomation: (wizard?.carrierPreferences.length ?? 0) > 0,
    };
  });
}
