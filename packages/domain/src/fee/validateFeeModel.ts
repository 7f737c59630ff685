import { type Currency, isMoney, type Money, money } from '../money/money.ts';
import { formatAmount, formatMoney } from '../money/moneyText.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import type { FeeModel, PriceBand } from './feeModel.ts';
import { feeRefusals } from './feeRefusals.ts';

/** No single fee above this many minor units: 10,000.00 where the currency has cents. */
export const FEE_LIMIT_MINOR = 1_000_000;
export const PRICE_BAND_LIMIT = 50;

interface PlacedAmount {
  readonly field: string;
  readonly amount: Money;
  /** The end of a band may exceed what a fee may. */
  readonly isFee: boolean;
}

function amountsOf(model: FeeModel, field: string): readonly PlacedAmount[] {
  const fee = (name: string, amount: Money): PlacedAmount => ({ field: `${field}${name}`, amount, isFee: true });
  const bound = (name: string, amount: Money): PlacedAmount => ({ field: `${field}${name}`, amount, isFee: false });
  switch (model.kind) {
    case 'per_item':
      return [fee('/perShipment', model.perShipment), fee('/perItem', model.perItem)];
    case 'per_weight':
      return [fee('/perShipment', model.perShipment), fee('/perUnit', model.perUnit)];
    case 'price_banded':
      return model.bands.flatMap((band, index) => [
        bound(`/bands/${index}/from`, band.from),
        ...(band.upTo ? [bound(`/bands/${index}/upTo`, band.upTo)] : []),
        fee(`/bands/${index}/fee`, band.fee),
      ]);
  }
}

/** The currency the model is written in, or null for one without any amount. */
export const currencyOf = (model: FeeModel): Currency | null => amountsOf(model, '')[0]?.amount.currency ?? null;

function amountRefusals(amounts: readonly PlacedAmount[], currency: Currency): readonly Refusal[] {
  return amounts.flatMap(({ field, amount, isFee }) => {
    if (!isMoney(amount)) return [feeRefusals.refusal('fee.amount_invalid', field)];
    if (amount.currency !== currency) {
      return [feeRefusals.refusal('fee.currency_mixed', field, { currency, other: amount.currency })];
    }
    if (amount.minor < 0) return [feeRefusals.refusal('fee.negative', field)];
    if (isFee && amount.minor > FEE_LIMIT_MINOR) {
      return [feeRefusals.refusal('fee.too_high', field, { limit: formatMoney(money(FEE_LIMIT_MINOR, currency)) })];
    }
    return [];
  });
}

function startRefusals(band: PriceBand, before: PriceBand | undefined, field: string): readonly Refusal[] {
  const from = formatAmount(band.from);
  if (!before) return band.from.minor === 0 ? [] : [feeRefusals.refusal('fee.bands_start', field, { from })];
  if (before.upTo === null || before.upTo.minor < before.from.minor) return [];
  const next = before.upTo.minor + 1;
  if (band.from.minor === next) return [];
  const code = band.from.minor > next ? 'fee.bands_gap' : 'fee.bands_overlap';
  const expected = formatAmount({ ...before.upTo, minor: next });
  return [feeRefusals.refusal(code, field, { from, upTo: formatAmount(before.upTo), expected })];
}

function endRefusals(band: PriceBand, isLast: boolean, field: string): readonly Refusal[] {
  if (band.upTo === null) return isLast ? [] : [feeRefusals.refusal('fee.bands_open_inside', field)];
  const params = { from: formatAmount(band.from), upTo: formatAmount(band.upTo) };
  if (band.upTo.minor < band.from.minor) return [feeRefusals.refusal('fee.band_inverted', field, params)];
  return isLast ? [feeRefusals.refusal('fee.bands_closed', field, params)] : [];
}

/** Bands must start at zero, meet to the minor unit and end open. Amounts are already known to be sound. */
const bandRefusals = (bands: readonly PriceBand[], field: string): readonly Refusal[] =>
  bands.flatMap((band, index) => [
    ...startRefusals(band, bands[index - 1], `${field}/bands/${index}/from`),
    ...endRefusals(band, index === bands.length - 1, `${field}/bands/${index}/upTo`),
  ]);

/**
 * Judges a fee model as a seller wrote it; `field` is the pointer to it. Amounts are in one currency (in `currency` if given),
 * whole, not negative and at most FEE_LIMIT_MINOR; price bands leave no order total without exactly one fee.
 */
export function validateFeeModel(model: FeeModel, field = '', currency?: Currency): Decision<FeeModel> {
  if (model.kind === 'price_banded') {
    const count = model.bands.length;
    if (count === 0) return refuse(feeRefusals.refusal('fee.bands_empty', `${field}/bands`));
    if (count > PRICE_BAND_LIMIT) {
      return refuse(feeRefusals.refusal('fee.bands_too_many', `${field}/bands`, { count, limit: PRICE_BAND_LIMIT }));
    }
  }
  const amounts = amountsOf(model, field);
  const refusals = amountRefusals(amounts, currency ?? amounts[0]!.amount.currency);
  if (refusals.length > 0) return refuse(...refusals);
  const bands = model.kind === 'price_banded' ? bandRefusals(model.bands, field) : [];
  return bands.length > 0 ? refuse(...bands) : accept(model);
}
