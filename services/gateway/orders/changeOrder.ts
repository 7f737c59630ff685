import { routes } from '@ge/api';
import { bookTransfers, dropQuotesOf, labelsOfOrders, OrderEntity, transfersOfOrders } from '@ge/database';
import {
  type CancelledBy,
  changeAddress as decideAddress,
  cancelOrder as decideCancel,
  decideConfirmation,
  recordRefund as decideRefund,
  settleDeposit,
} from '@ge/domain';
import { findingsOf } from '../http/accepted.ts';
import type { Access } from '../http/access.ts';
import { handle } from '../http/handler.ts';
import { decided, HttpRefusal, Refused } from '../http/refused.ts';
import { lockOrderSeen } from './orderSeen.ts';
import { orderShown } from './orderShown.ts';

export const changeAddress = handle(routes.orders.changeAddress, async ({ tx, access, params, body, now, locale }) => {
  const order = await lockOrderSeen(tx, access, params.orderId);
  const decision = decideAddress(order, body.shipTo, await labelsOfOrders(tx, [order.id]), now);
  const changed = { ...order, ...decided(decision) };
  await tx.update(OrderEntity, [changed], ['shipTo']);
  await dropQuotesOf(tx, order.id);
  const warnings = findingsOf(decision.ok ? decision.warnings : [], locale);
  return { status: 200, body: { order: orderShown(changed, locale), warnings } };
});

/** The buyer's deposit goes back with it (R23). */
export const cancelOrder = handle(routes.orders.cancelOrder, async ({ tx, access, params, body, now, locale }) => {
  const by = wishOf(access, body.by);
  const order = await lockOrderSeen(tx, access, params.orderId);
  const labels = await labelsOfOrders(tx, [order.id]);
  const decision = decided(decideCancel(order, labels, by));
  const cancelled = { ...order, ...decision.order };
  await tx.update(OrderEntity, [cancelled], ['state', 'payout', 'payoutReason', 'cancelledBy', 'countsAgainstSeller']);
  await bookTransfers(tx, settleDeposit(cancelled, labels, await transfersOfOrders(tx, [order.id]), now));
  const { countsAgainstSeller } = decision;
  return { status: 200, body: { order: orderShown(cancelled, locale), countsAgainstSeller } };
});

/** The seller's own word is not taken for it: only the operator and producers may tell (R22). */
export const recordRefund = handle(routes.orders.recordRefund, async ({ tx, access, params, body, now, locale }) => {
  const order = await lockOrderSeen(tx, access, params.orderId);
  const refunded = { ...order, ...decided(decideRefund(order, body.by, now, '/by')) };
  await tx.update(OrderEntity, [refunded], ['refundedBy', 'refundedAt']);
  return { status: 201, body: { order: orderShown(refunded, locale) } };
});

const mayNameByScope: Readonly<Record<Access['scope'], readonly [CancelledBy, ...CancelledBy[]]>> = {
  seller: ['seller'],
  producer: ['buyer', 'seller'],
  operator: ['operator', 'buyer', 'seller'],
};

/** Whose wish a cancellation is; the first of the scope's unless told. Throws `http.forbidden` for a wish that is not the key's to tell. */
function wishOf({ scope }: Access, named: CancelledBy | undefined): CancelledBy {
  const may = mayNameByScope[scope];
  if (named && !may.includes(named)) throw new HttpRefusal('http.forbidden');
  return named ?? may[0];
}

/** The same decision as for a row of a confirmation file (R18); the order stands in the path here. */
export const confirmShipment = handle(
  routes.orders.confirmShipment,
  async ({ tx, access, params, body, now, locale }) => {
    const order = await lockOrderSeen(tx, access, params.orderId);
    const decision = decideConfirmation({ orderId: order.id, ...body }, order, order.sellerId, now);
    if (!decision.ok) {
      throw new Refused(
        decision.refusals.map((refusal) =>
          refusal.field === '/orderId' ? { ...refusal, field: '/path/orderId' } : refusal,
        ),
      );
    }
    const confirmed = { ...order, ...decision.value };
    await tx.update(OrderEntity, [confirmed], ['lines', 'state', 'confirmedAt', 'payout', 'payoutReason']);
    const warnings = findingsOf(decision.warnings, locale);
    return { status: 200, body: { order: orderShown(confirmed, locale), warnings } };
  },
);
