import type { FeeModel, PriceBand } from '../../src/fee/feeModel.ts';
import { type Money, money } from '../../src/money/money.ts';
import { parseMoney } from '../../src/money/moneyText.ts';
import type { Decision } from '../../src/refusal/refusal.ts';

/** Dollars as a seller writes them: `usd('17.00')`. */
export function usd(text: string): Money {
  const decision = parseMoney(text, 'USD');
  if (!decision.ok) throw new Error(`not an amount: ${text}`);
  return decision.value;
}

export const cents = (minor: number): Money => money(minor, 'USD');

/** A band from its decimals; no upper end = open. */
export const band = (from: string, upTo: string | null, fee: string): PriceBand => ({
  from: usd(from),
  upTo: upTo === null ? null : usd(upTo),
  fee: usd(fee),
});

export const perItem = (perShipment: string, each: string): FeeModel => ({
  kind: 'per_item',
  perShipment: usd(perShipment),
  perItem: usd(each),
});

/** The codes and fields of a refused decision; empty when accepted. */
export const refusalsOf = (decision: Decision<unknown>): readonly string[] =>
  decision.ok ? [] : decision.refusals.map(({ code, field }) => `${code} ${field}`);
