import type { OrderId, SellerId } from '../identity/ids.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import { decideConfirmation } from './confirmation.ts';
import type { Order } from './order.ts';

/** One record of a shipping-confirmation file: a whole order, or several items of it (XML names many in one message). */
export interface ConfirmationMessage {
  readonly orderId: OrderId;
  /** Empty = the whole order; a null quantity = what is left of the item. */
  readonly items: readonly { readonly lineId: string; readonly quantity: number | null }[];
  /** The day of hand-over; null = now. */
  readonly shipDate: Date | null;
}

/** Confirms all the items of one record or none of them (R18); every refused item gives its reasons. */
export function confirmMessage(
  { orderId, items, shipDate }: ConfirmationMessage,
  order: Order | null,
  sellerId: SellerId,
  now: Date,
): Decision<Order> {
  const named = items.length > 0 ? items : [{ lineId: null, quantity: null }];
  const refusals = new Map<string, Refusal>();
  let current = order;
  let confirmedEarlier = false;
  for (const item of named) {
    // The item before may have completed the order; what it names then is judged as a line of its own.
    const open = confirmedEarlier && current ? { ...current, state: order!.state } : current;
    const decision = decideConfirmation({ orderId, shipDate, ...item }, open, sellerId, now);
    if (decision.ok) {
      current = decision.value;
      confirmedEarlier = true;
    } else
      for (const refusal of decision.refusals) refusals.set(JSON.stringify([refusal.code, refusal.params]), refusal);
  }
  return refusals.size > 0 || !current ? refuse(...refusals.values()) : accept(current);
}
