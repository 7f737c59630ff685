import { Random } from '@ge/load';
import type { CarrierName } from './faultScript.ts';

/** What becomes of the label of an order once it is bought. */
export interface Fate {
  readonly isVoided: boolean;
  /** Whether its parcel is scanned before that, so that the carrier does not take it back. */
  readonly isScanned: boolean;
  /** Who sells the label in its place; null where there is none. */
  readonly replacedBy: CarrierName | null;
}

/** One for each order, by its number: one label in eight is voided, every other of them is replaced. */
export function fatesOf(seed: number, orders: number, carriers: readonly CarrierName[]): readonly Fate[] {
  const random = new Random(seed + 2);
  return Array.from({ length: orders }, () => {
    const isVoided = random.unit() < 1 / 8;
    const isScanned = random.unit() < 1 / 5;
    const isReplaced = random.unit() < 1 / 2;
    const carrier = random.of(carriers);
    return { isVoided, isScanned: isVoided && isScanned, replacedBy: isVoided && isReplaced ? carrier : null };
  });
}

/** How a batch is steered while its labels are bought. */
export interface BatchFate {
  readonly items: readonly BatchItemFate[];
  readonly isPaused: boolean;
  readonly isCancelled: boolean;
  /** After how many of its items were asked for. */
  readonly after: number;
  readonly pausedMs: number;
}

/** An item names an offer of this carrier, or says which one is to be chosen. */
export type BatchItemFate = { readonly offerOf: CarrierName } | { readonly choose: 'cheapest' | 'protected' };

const steered = [
  { isPaused: true, isCancelled: false },
  { isPaused: false, isCancelled: true },
  { isPaused: false, isCancelled: false },
  { isPaused: true, isCancelled: true },
] as const;
const leastItems = 8;
const mostItems = 40;

/** The batches that so many orders are bought with, one after the other. */
export class BatchFates {
  readonly #random: Random;
  readonly #carriers: readonly CarrierName[];
  #drawn: number;

  constructor(seed: number, carriers: readonly CarrierName[]) {
    this.#random = new Random(seed + 3);
    this.#carriers = carriers;
    this.#drawn = seed;
  }

  draw(orders: number): readonly BatchFate[] {
    const fates: BatchFate[] = [];
    for (let left = orders; left > 0; left -= fates.at(-1)!.items.length) fates.push(this.#next(left));
    return fates;
  }

  #next(left: number): BatchFate {
    const random = this.#random;
    this.#drawn += 1;
    const size = Math.min(left, leastItems + random.below(mostItems - leastItems));
    return {
      items: Array.from({ length: size }, () => this.#item()),
      // By turns, so that a short rehearsal has some of each.
      ...steered[this.#drawn % steered.length]!,
      after: 1 + random.below(Math.max(1, size - 4)),
      pausedMs: random.below(1_500),
    };
  }

  #item(): BatchItemFate {
    const offerOf = this.#random.of(this.#carriers);
    const lot = this.#random.unit();
    if (lot < 1 / 2) return { offerOf };
    return { choose: lot < 3 / 4 ? 'cheapest' : 'protected' };
  }
}
