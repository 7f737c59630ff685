import { domesticShipping } from '../data/domesticShipping.ts';
import type { Random } from '../random.ts';
import type { TemplateRecord } from '../records.ts';
import { becomesEnabled, isInvited, type SellerPlan, type TemplatePlan } from './world.ts';

/** A template that is created and enabled by hand after the seller's region setting was saved. */
export interface LateTemplate extends Omit<TemplateRecord, 'wizard'> {
  readonly wizard: {
    readonly step: 'saved';
    readonly shipFrom: readonly string[];
    readonly carrierPreferences: readonly string[];
  };
}

/** A seller who leaves the programme, with every template or with the named ones only. */
export interface Leaving {
  readonly seller: SellerPlan;
  readonly templates: readonly TemplatePlan[] | null;
}

/** The choices that are nobody's file: who does what, and when. */
export interface Story {
  readonly ignoreInvitation: readonly SellerPlan[];
  readonly lateTemplates: readonly { readonly seller: SellerPlan; readonly template: LateTemplate }[];
  readonly suspension: { readonly destination: string; readonly reason: string };
  readonly leavings: readonly Leaving[];
}

function lateTemplate(seller: SellerPlan, random: Random): Story['lateTemplates'][number] {
  const template: LateTemplate = {
    id: seller.templates[0]!.id.replace(/\d+$/, '99'),
    sellerId: seller.id,
    name: 'New this season',
    formerNames: [],
    isDefault: false,
    domesticShipping: domesticShipping(random),
    wizard: { step: 'saved', shipFrom: [seller.generalAddressId!], carrierPreferences: ['UPS'] },
  };
  return { seller, template };
}

/** The last of the leavers only switches the first two of its templates off; the others leave altogether. */
export function planStory(sellers: readonly SellerPlan[], suspended: string, random: Random): Story {
  const leavers = sellers.filter(({ role }) => role === 'leaver');
  return {
    ignoreInvitation: sellers.filter((seller) => isInvited(seller) && !seller.enrolls),
    lateTemplates: sellers
      .filter(({ role }) => role === 'drift' || role === 'auto_apply')
      .map((seller) => lateTemplate(seller, random)),
    suspension: { destination: suspended, reason: 'Volcanic ash: no flights to the island until further notice' },
    leavings: leavers.map((seller, index) => {
      const enabled = seller.templates.filter((template) => becomesEnabled(seller, template));
      return { seller, templates: index === leavers.length - 1 ? enabled.slice(0, 2) : null };
    }),
  };
}
