import type { FeedProblem, FeedRowOutcome } from '../feed/feed.ts';
import { toFeedProblem } from '../feed/feedRow.ts';
import type { SellerId } from '../identity/ids.ts';
import { decideConfirmation, type ShipmentConfirmation } from './confirmation.ts';
import type { Order } from './order.ts';

export interface ConfirmationRow extends ShipmentConfirmation {
  /** 1 = first data row. */
  readonly recordNo: number;
}

export interface ConfirmationRowResult {
  readonly recordNo: number;
  readonly outcome: Extract<FeedRowOutcome, 'applied' | 'rejected'>;
  readonly problems: readonly FeedProblem[];
}

export interface ConfirmationSlice {
  readonly results: readonly ConfirmationRowResult[];
  /** The orders to be saved, each once, as they are after the slice. */
  readonly changed: readonly Order[];
}

/**
 * Takes in rows of a shipping-confirmation file in their order (R18): each refused row has its own error, the others are
 * processed, also where they stand beside GE rows. `orders` holds those named; several rows may confirm parts of one order.
 */
export function confirmRows(
  rows: readonly ConfirmationRow[],
  orders: ReadonlyMap<string, Order>,
  sellerId: SellerId,
  now: Date,
): ConfirmationSlice {
  const changed = new Map<string, Order>();
  const results = rows.map((row): ConfirmationRowResult => {
    const order = changed.get(row.orderId) ?? orders.get(row.orderId) ?? null;
    const decision = decideConfirmation(row, order, sellerId, now);
    if (!decision.ok) {
      return { recordNo: row.recordNo, outcome: 'rejected', problems: decision.refusals.map(toFeedProblem) };
    }
    changed.set(row.orderId, decision.value);
    return { recordNo: row.recordNo, outcome: 'applied', problems: decision.warnings.map(toFeedProblem) };
  });
  return { results, changed: [...changed.values()] };
}
