import type { AddressTrouble } from '../data/addressTroubles.ts';
import type { Goods, GoodsVerdict } from '../data/goods.ts';
import type { AddressRecord, DomesticRecord, TemplateRecord, WizardRecord } from '../records.ts';

/** What the generator was asked for. */
export interface Wanted {
  readonly seed: number;
  readonly sellers: number;
  /** Rows of the Inventory Loader file. */
  readonly rows: number;
}

/** A seller with a part of its own in the story; everyone else is `crowd`. */
export type Role =
  | 'loader'
  | 'product_feed'
  | 'page'
  | 'drift'
  | 'auto_apply'
  | 'confirmer'
  | 'many_templates'
  | 'leaver'
  | 'crowd';

export interface TemplatePlan extends TemplateRecord {
  /** By construction: whether domestic automation is on once the wizard record has been replayed. */
  readonly domesticAutomation: boolean;
  readonly wizard: WizardRecord | null;
  readonly domesticShipping: DomesticRecord | null;
}

/** A SKU as planned; what is written of it follows from these few numbers. */
export interface SkuPlan {
  readonly code: string;
  /** Position among the seller's templates at the import. */
  readonly template: number;
  readonly goods: Goods;
  readonly verdict: GoodsVerdict;
  /** Why a line with it is refused; null when eligible. */
  readonly reason: string | null;
  readonly grams: number;
  readonly cents: number;
  readonly origin: string;
}

export interface SellerPlan {
  readonly id: string;
  readonly index: number;
  readonly role: Role;
  readonly country: string;
  readonly locale: 'zh-CN' | 'en-US';
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
  readonly regionAutoApply: boolean;
  readonly addresses: readonly { readonly id: string; readonly address: AddressRecord }[];
  readonly generalAddressId: string | null;
  /** In which way the general address was made bad; null: it is good. */
  readonly trouble: AddressTrouble | null;
  /** Invited, and presses Enroll. */
  readonly enrolls: boolean;
  readonly templates: readonly TemplatePlan[];
  readonly skus: readonly SkuPlan[];
}

/** Only sellers in the United States are invited. */
export const isInvited = (seller: SellerPlan): boolean => seller.country === 'US';

/** By construction: an enrolled seller's template is enabled unless the address or the domestic settings were left out. */
export const becomesEnabled = (seller: SellerPlan, template: TemplatePlan): boolean =>
  seller.enrolls && seller.trouble === null && template.domesticShipping !== null;

/** Sellers whose trading begins right after Enroll: a good address, so that at least one template may be enabled. */
export const trades = (seller: SellerPlan): boolean =>
  seller.enrolls && seller.trouble === null && seller.templates.some((template) => becomesEnabled(seller, template));
