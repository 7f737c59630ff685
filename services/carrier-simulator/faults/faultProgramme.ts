import { createHash } from 'node:crypto';
import type { CarrierName } from '../desk/shipment.ts';
import type { Operation } from '../ledger/entries.ts';
import type { FaultEffect, FaultLottery, FaultRule, FaultScript } from './effect.ts';

export interface FaultQuestion {
  readonly carrier: CarrierName;
  readonly operation: Operation;
  readonly reference: string | undefined;
  /** How often this carrier was asked this for this reference before; counted only where lots are drawn. */
  readonly askedBefore: () => number;
}

/** Decides which call goes wrong and how. Rules come before lots, older rules before newer. */
export class FaultProgramme {
  #rules: { readonly rule: FaultRule; matched: number }[] = [];
  #lotteries: FaultLottery[] = [];

  add(script: FaultScript): void {
    this.#rules.push(...script.rules.map((rule) => ({ rule, matched: 0 })));
    this.#lotteries.push(...script.lotteries);
  }

  clear(): void {
    this.#rules = [];
    this.#lotteries = [];
  }

  /** What is still to come: rules with what is left of them, and lots. */
  remaining(): FaultScript {
    const rules = this.#rules.map(({ rule, matched }) => ({
      ...rule,
      skip: Math.max(0, rule.skip - matched),
      times: rule.times - Math.max(0, matched - rule.skip),
    }));
    return { rules: rules.filter(({ times }) => times > 0), lotteries: this.#lotteries };
  }

  draw(question: FaultQuestion): FaultEffect | undefined {
    for (const entry of this.#rules) {
      const { rule } = entry;
      if (entry.matched >= rule.skip + rule.times || !concerns(rule, question)) continue;
      if (rule.reference !== undefined && rule.reference !== question.reference) continue;
      entry.matched++;
      if (entry.matched > rule.skip) return rule.effect;
    }
    for (const lottery of this.#lotteries) {
      const effect = concerns(lottery, question) ? drawLot(lottery, question) : undefined;
      if (effect) return effect;
    }
    return undefined;
  }
}

const concerns = (
  target: { readonly carrier?: CarrierName | undefined; readonly operation: Operation },
  question: FaultQuestion,
): boolean =>
  target.operation === question.operation && (target.carrier === undefined || target.carrier === question.carrier);

function drawLot({ seed, draws }: FaultLottery, question: FaultQuestion): FaultEffect | undefined {
  const { carrier, operation, reference, askedBefore } = question;
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, carrier, operation, reference, askedBefore()]))
    .digest();
  let lot = digest.readUInt32BE(0) / 2 ** 32;
  for (const { share, effect } of draws) {
    if (lot < share) return effect;
    lot -= share;
  }
  return undefined;
}
