import type { SellerPlan, SkuPlan } from './world.ts';
import { becomesEnabled } from './world.ts';

/** A seller's SKUs by what becomes of a line of an order with them, at the time the orders come in. */
export interface Shelf {
  readonly seller: SellerPlan;
  /** Eligible everywhere, on an enabled template, and fit for any carrier: no battery, light and cheap enough for one parcel without an export filing. */
  readonly sellable: readonly SkuPlan[];
  /** Eligible but banned in some countries, on an enabled template. */
  readonly bannedSomewhere: readonly SkuPlan[];
  /** Not eligible, on an enabled template. */
  readonly notEligible: readonly SkuPlan[];
  /** Eligible everywhere, on a template without GE. */
  readonly withoutGe: readonly SkuPlan[];
}

/** @param templateOf position of the SKU's template when the orders come in; -1 = the SKU is gone */
export function shelfOf(seller: SellerPlan, templateOf: (index: number) => number): Shelf {
  const sellable: SkuPlan[] = [];
  const bannedSomewhere: SkuPlan[] = [];
  const notEligible: SkuPlan[] = [];
  const withoutGe: SkuPlan[] = [];
  seller.skus.forEach((sku, index) => {
    const template = seller.templates[templateOf(index)];
    if (!template) return;
    const enabled = becomesEnabled(seller, template);
    const sound = sku.verdict === 'eligible' && sku.goods.bannedIn.length === 0;
    if (!enabled) {
      if (sound) withoutGe.push(sku);
    } else if (sku.verdict !== 'eligible') notEligible.push(sku);
    else if (!sound) bannedSomewhere.push(sku);
    else if (!sku.goods.dangerousGoods && sku.grams <= 2500 && sku.cents <= 20_000) sellable.push(sku);
  });
  return { seller, sellable, bannedSomewhere, notEligible, withoutGe };
}
