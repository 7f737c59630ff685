import { routes } from '@ge/api';
import { decidePayout } from '@ge/contracts';
import { appendMessages, bookTransfers, holdSuspensions, OrderEntity, outgoing } from '@ge/database';
import { createOrder as decide, checkOrder as decideCheck, type Order, takeDeposit } from '@ge/domain';
import { findingsOf } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { decided } from '../http/refused.ts';
import { orderContext } from './orderContext.ts';
import { linesShown, orderShown } from './orderShown.ts';

/** An order id is the marketplace's: one that is known already answers 409. */
export const createOrder = handle(routes.orders.createOrder, async ({ tx, params, body, now, locale }) => {
  // A suspension that comes meanwhile waits, and then finds the order to be held.
  await holdSuspensions(tx);
  const context = await orderContext(tx, params.sellerId, body.lines, now);
  const { orderId, ...rest } = body;
  const decision = decide({ id: orderId, ...rest }, context);
  const order = decided(decision);
  await tx.insert(OrderEntity, [order]);
  await bookTransfers(tx, takeDeposit(order, now));
  await appendMessages(tx, payoutAtShipBy(order));
  const warnings = findingsOf(decision.ok ? decision.warnings : [], locale);
  return { status: 201, body: { order: orderShown(order, locale), warnings } };
});

export const checkOrder = handle(routes.orders.checkOrder, async ({ tx, params, body, now, locale }) => {
  const context = await orderContext(tx, params.sellerId, body.lines, now);
  const { lines, ...answer } = decided(decideCheck(body, context));
  return { status: 200, body: { ...answer, lines: linesShown(lines, locale) } };
});

/** The ship-by date passes whether anybody does something or not (R17). */
function payoutAtShipBy({ id, sellerId, shipBy, isGlobalExpress }: Order) {
  if (!isGlobalExpress) return [];
  const payload = { sellerId, orderId: id, atShipBy: true } as const;
  return [outgoing(decidePayout, { payload, sellerId, dueAt: new Date(shipBy.getTime() + 1) })];
}
