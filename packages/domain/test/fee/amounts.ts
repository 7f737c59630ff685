import type { FeeModel, PriceBand } from '../../src/fee/feeModel.ts';
import { type Money, money } from '../../src/money/money.ts';
import { parseMoney } from '../../src/money/moneyText.ts';
import { describeRefusal } from '../../src/refusal/describe.ts';
import type { Decision, Refusal } from '../../src/refusal/refusal.ts';

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

const sentence = (refusal: Refusal): string => {
  const texts = (['zh-CN', 'en-US'] as const).map((locale) => describeRefusal(refusal, locale));
  const unfilled = texts.some(({ message, remedy }) => /[{}]/.test(message + remedy) || remedy === '');
  if (unfilled) throw new Error(`texts of ${refusal.code} are not filled: ${JSON.stringify(texts)}`);
  return `${refusal.code} ${refusal.field}`;
};

/** The codes and fields of a refused decision, its texts checked; empty when accepted. */
export const refusalsOf = (decision: Decision<unknown>): readonly string[] =>
  decision.ok ? [] : decision.refusals.map(sentence);
