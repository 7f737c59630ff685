import { askCarriers, type CarrierAnswers } from '@ge/carriers';
import type { CarrierDesk } from '../carrierDesk.ts';
import type { SliceIntent } from './claimSlices.ts';

/** Parcels of one slice quoted at once. */
const atOnce = 8;

/** What the carriers said, by item number; absent where nobody was asked. */
export type QuotedItems = ReadonlyMap<number, CarrierAnswers>;

/**
 * Quotes the items of a slice, some at a time. Once a call's time has passed no other is begun, so that carriers who hang do
 * not hold a slice up for long: what was not asked is asked with the next one.
 */
export async function quoteItems(desk: CarrierDesk, { items, aheadMs }: SliceIntent): Promise<QuotedItems> {
  const quoted = new Map<number, CarrierAnswers>();
  const until = performance.now() + desk.timeoutMs;
  const toAsk = items.values();
  const askInTurn = async (): Promise<void> => {
    for (const { item, enquiry } of toAsk) {
      if (!enquiry) continue;
      if (performance.now() > until) return;
      const now = new Date(Date.now() + aheadMs);
      quoted.set(item.itemNo, await askCarriers(desk.carriers.carriers, enquiry, desk.timeoutMs, now));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, askInTurn));
  return quoted;
}
