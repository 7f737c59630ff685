import type { Money } from '../money/money.ts';

/**
 * By how much a service that is quoted again may cost more than the seller agreed to. Where both limits are set, both hold;
 * where neither is, the price must be the same or lower.
 */
export interface PriceTolerance {
  /** Of the agreed price, 0 to 100 with at most two decimals; null = no limit by share. */
  readonly percent: number | null;
  /** Minor units of its currency; null = no limit by amount. */
  readonly minor: number | null;
}

/** The same price or a lower one. */
export const exactPrice: PriceTolerance = { percent: null, minor: null };

/** A hundredth of a percent; whole numbers keep the sum exact. */
const HUNDREDTHS = 10_000;

/** The highest price that the tolerance allows for what was agreed; a part of a minor unit does not count. */
export function highestPrice(agreed: Money, { percent, minor }: PriceTolerance): Money {
  const share = percent === null ? null : Math.floor((agreed.minor * Math.round(percent * 100)) / HUNDREDTHS);
  const limits = [share, minor].filter((limit) => limit !== null);
  return { minor: agreed.minor + (limits.length === 0 ? 0 : Math.min(...limits)), currency: agreed.currency };
}

/** Whether a price may be paid in place of the agreed one. Another currency never may. */
export const isTolerated = (agreed: Money, price: Money, tolerance: PriceTolerance): boolean =>
  price.currency === agreed.currency && price.minor <= highestPrice(agreed, tolerance).minor;
