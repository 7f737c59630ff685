import type { LabelPurchase } from '../label/labelPurchase.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import { labelInTheWay } from './changeAddress.ts';
import type { CancelledBy, Order } from './order.ts';
import { orderRefusals } from './orderRefusals.ts';

export interface Cancellation {
  readonly order: Order;
  /** Whether it counts against the seller; never for a held order or one the operator cancels (R13). */
  readonly countsAgainstSeller: boolean;
}

/** Cancels a pending or held order that has no label, and keeps whose wish it was; a label has to be voided first. */
export function cancelOrder(order: Order, labels: readonly LabelPurchase[], by: CancelledBy): Decision<Cancellation> {
  const refusals: Refusal[] = [...labelInTheWay(labels)];
  if (order.state !== 'pending' && order.state !== 'held') {
    refusals.push(orderRefusals.refusal('order.not_cancellable', '', { state: order.state }));
  }
  if (refusals.length > 0) return refuse(...refusals);
  const countsAgainstSeller = by === 'seller' && order.state === 'pending';
  return accept({
    order: {
      ...order,
      state: 'cancelled',
      payout: 'withheld',
      payoutReason: 'order_cancelled',
      cancelledBy: by,
      countsAgainstSeller,
    },
    countsAgainstSeller,
  });
}
