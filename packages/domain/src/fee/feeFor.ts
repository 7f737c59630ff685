import { isMoney, type Money } from '../money/money.ts';
import { addMoney, multiplyMoney, type Rational, timesMoney } from '../money/moneyArithmetic.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { FeeModel, FeeWeightUnit, PerWeightFee, PriceBandedFee } from './feeModel.ts';
import { feeRefusals } from './feeRefusals.ts';

/** What a fee is worked out from: the items and grams of one shipment, and the order total before tax. */
export interface FeeBasis {
  readonly items: number;
  readonly weightGrams: number;
  readonly orderTotal: Money;
}

/** Units in a gram, exact: the pound is 453.59237 g by definition. */
const unitsPerGram: Readonly<Record<FeeWeightUnit, Rational>> = {
  kg: { numerator: 1n, denominator: 1000n },
  lb: { numerator: 100_000n, denominator: 45_359_237n },
};

/** More than any parcel holds; keeps every product within exact integers. */
const MOST_ITEMS = 1_000_000;
const MOST_GRAMS = 1_000_000_000;

const isCount = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;

function feeByWeight(model: PerWeightFee, weightGrams: number): Decision<Money> {
  if (!isCount(weightGrams, 0, MOST_GRAMS)) return refuse(feeRefusals.refusal('fee.weight_invalid', '/weightGrams'));
  const { numerator, denominator } = unitsPerGram[model.unit];
  // Parts of a unit count in proportion: rounding up would charge a 27th pound for 26 lb written as 11,794 g.
  const factor = { numerator: numerator * BigInt(weightGrams), denominator };
  return accept(addMoney(model.perShipment, multiplyMoney(model.perUnit, factor, 'half_up')));
}

function feeByBand(model: PriceBandedFee, orderTotal: Money): Decision<Money> {
  const { currency } = model.bands[0]!.fee;
  if (!isMoney(orderTotal) || orderTotal.currency !== currency || orderTotal.minor < 0) {
    return refuse(feeRefusals.refusal('fee.order_total_invalid', '/orderTotal', { currency }));
  }
  const band = model.bands.find(({ upTo }) => upTo === null || orderTotal.minor <= upTo.minor);
  return accept(band!.fee);
}

/**
 * The shipping fee of one shipment under a validated model: 4.00 + 0.50 per lb makes 17.00 for 26 lb.
 * Rounds once, to the nearest minor unit. Refuses a basis that the model cannot be applied to.
 */
export function feeFor(model: FeeModel, basis: FeeBasis): Decision<Money> {
  switch (model.kind) {
    case 'per_item':
      if (!isCount(basis.items, 1, MOST_ITEMS)) return refuse(feeRefusals.refusal('fee.items_invalid', '/items'));
      return accept(addMoney(model.perShipment, timesMoney(model.perItem, basis.items)));
    case 'per_weight':
      return feeByWeight(model, basis.weightGrams);
    case 'price_banded':
      return feeByBand(model, basis.orderTotal);
  }
}
