import type { CarrierName } from '../desk/shipment.ts';
import type { Operation } from '../ledger/entries.ts';
import {
  type AnswerTimes,
  type AnyEffect,
  type FaultEffect,
  type FaultLottery,
  type FaultRule,
  type FaultScript,
  type FaultWindow,
  isWebhookEffect,
  type WebhookEffect,
} from './effect.ts';
import { isOpen, isOver, type WindowEffect } from './faultWindow.ts';
import { latencyMs } from './latency.ts';
import { lotsOf } from './lots.ts';

export interface FaultQuestion {
  readonly carrier: CarrierName;
  readonly operation: Operation;
  readonly reference: string | undefined;
  /** How often this carrier was asked this for this reference before; counted only where lots are drawn. */
  readonly askedBefore: () => number;
}

type Happening = Omit<FaultQuestion, 'operation'> & { readonly operation: Operation | 'webhook' };
type TimedWindow = Omit<FaultWindow, 'from'> & { readonly from: Date };

/** Decides which call goes wrong and how. Rules come before lots, older ones before newer; windows come before both. */
export class FaultProgramme {
  #rules: { readonly rule: FaultRule; matched: number }[] = [];
  #lotteries: FaultLottery[] = [];
  #windows: TimedWindow[] = [];
  #latencies: AnswerTimes[] = [];

  add(script: FaultScript, now: Date): void {
    this.#rules.push(...script.rules.map((rule) => ({ rule, matched: 0 })));
    this.#lotteries.push(...script.lotteries);
    this.#windows.push(...script.windows.map(({ from, ...rest }) => ({ ...rest, from: from ? new Date(from) : now })));
    this.#latencies.push(...script.latencies);
  }

  clear(): void {
    this.#rules = [];
    this.#lotteries = [];
    this.#windows = [];
    this.#latencies = [];
  }

  /** What is still to come: rules with what is left of them, lots, windows that are not over, and how long answers take. */
  remaining(now: Date): FaultScript {
    const rules = this.#rules.map(({ rule, matched }) => ({
      ...rule,
      skip: Math.max(0, rule.skip - matched),
      times: rule.times - Math.max(0, matched - rule.skip),
    }));
    return {
      rules: rules.filter(({ times }) => times > 0),
      lotteries: this.#lotteries,
      windows: this.#windows
        .filter((window) => !isOver(window, now))
        .map((window) => ({ ...window, from: window.from.toISOString() })),
      latencies: this.#latencies,
    };
  }

  /** What every call meets at this moment: nobody is served, so nothing is drawn and no rule is used up. */
  window({ carrier, operation }: Pick<FaultQuestion, 'carrier' | 'operation'>, now: Date): WindowEffect | undefined {
    return this.#windows.find((window) => concerns(window, { carrier, operation }) && isOpen(window, now))?.effect;
  }

  draw(question: FaultQuestion): FaultEffect | undefined {
    const effect = this.#drawn(question);
    return effect && !isWebhookEffect(effect) ? effect : undefined;
  }

  /** What becomes of a notification: `reference` is that of its shipment, `askedBefore` counts those before it. */
  drawWebhook(about: Omit<FaultQuestion, 'operation'>): WebhookEffect | undefined {
    const effect = this.#drawn({ ...about, operation: 'webhook' });
    return effect && isWebhookEffect(effect) ? effect : undefined;
  }

  /** Milliseconds that the answer takes, drawn like lots. */
  latencyMs({ carrier, operation, reference, askedBefore }: FaultQuestion): number {
    const times = this.#latencies.find((candidate) => concerns(candidate, { carrier, operation }));
    if (!times) return 0;
    const lots = lotsOf(['latency', times.seed, carrier, operation, reference, askedBefore()]);
    return latencyMs(times.takes, lots, times.mostMs);
  }

  #drawn(happening: Happening): AnyEffect | undefined {
    for (const entry of this.#rules) {
      const { rule } = entry;
      if (entry.matched >= rule.skip + rule.times || !concerns(rule, happening)) continue;
      if (rule.reference !== undefined && rule.reference !== happening.reference) continue;
      entry.matched++;
      if (entry.matched > rule.skip) return rule.effect;
    }
    for (const lottery of this.#lotteries) {
      const effect = concerns(lottery, happening) ? drawLot(lottery, happening) : undefined;
      if (effect) return effect;
    }
    return undefined;
  }
}

interface Target {
  readonly carrier?: CarrierName | undefined;
  readonly operation?: Operation | 'webhook' | undefined;
}

const concerns = (target: Target, happening: Pick<Happening, 'carrier' | 'operation'>): boolean =>
  (target.operation === undefined || target.operation === happening.operation) &&
  (target.carrier === undefined || target.carrier === happening.carrier);

function drawLot({ seed, draws }: FaultLottery, happening: Happening): AnyEffect | undefined {
  const { carrier, operation, reference, askedBefore } = happening;
  let [lot] = lotsOf([seed, carrier, operation, reference, askedBefore()]);
  for (const { share, effect } of draws) {
    if (lot < share) return effect;
    lot -= share;
  }
  return undefined;
}
