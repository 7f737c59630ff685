import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { Order, RefundedBy } from './order.ts';
import { orderRefusals } from './orderRefusals.ts';

/** Keeps who gave the buyer the money back, and when; the first refund stands (R22). `at` points at who is named. */
export function recordRefund(order: Order, by: RefundedBy, now: Date, at = ''): Decision<Order> {
  if (order.refundedBy !== null) {
    return refuse(orderRefusals.refusal('order.already_refunded', at, { refundedBy: order.refundedBy }));
  }
  return accept({ ...order, refundedBy: by, refundedAt: now });
}
