import type { Money } from '../money/money.ts';

export type FeeWeightUnit = 'lb' | 'kg';

/** A fee for the shipment and one more for each item. */
export interface PerItemFee {
  readonly kind: 'per_item';
  readonly perShipment: Money;
  readonly perItem: Money;
}

/** A fee for the shipment and one more for each pound or kilogram, parts of it in proportion. */
export interface PerWeightFee {
  readonly kind: 'per_weight';
  readonly perShipment: Money;
  readonly perUnit: Money;
  readonly unit: FeeWeightUnit;
}

/** Order totals from `from` to `upTo`, both inclusive; the last band has no upper end. */
export interface PriceBand {
  readonly from: Money;
  readonly upTo: Money | null;
  readonly fee: Money;
}

/** A fee that depends on the order total before tax. Bands meet to the cent, the first starts at zero. */
export interface PriceBandedFee {
  readonly kind: 'price_banded';
  readonly bands: readonly PriceBand[];
}

/** How a shipping fee is worked out. */
export type FeeModel = PerItemFee | PerWeightFee | PriceBandedFee;

/** A whole template is charged by shipment (with items or weight) or by price band, never by both. */
export type RateModel = 'shipment_based' | 'price_banded';

export const rateModelOf = (model: FeeModel): RateModel =>
  model.kind === 'price_banded' ? 'price_banded' : 'shipment_based';
