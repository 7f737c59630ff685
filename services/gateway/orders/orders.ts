import { routes } from '@ge/api';
import { dutiesOfSeller, ordersOfSeller } from '@ge/database';
import { pendingDuties } from '@ge/domain';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { readSeller } from '../sellers/lockSeller.ts';
import { orderSeen } from './orderSeen.ts';
import { orderShown } from './orderShown.ts';

export const getOrder = handle(routes.orders.getOrder, async ({ tx, access, params, locale }) => ({
  status: 200,
  body: orderShown(await orderSeen(tx, access, params.orderId), locale),
}));

export const listOrders = handle(routes.orders.listOrders, async ({ tx, params, query, locale }) => {
  const seller = await readSeller(tx, params.sellerId);
  const { state = null, cursor = null, limit } = query;
  const rows = await ordersOfSeller(tx, { sellerId: seller.id, state, after: cursor, limit: limit + 1 });
  return {
    status: 200,
    body: pageOf(
      rows,
      limit,
      ({ id }) => id,
      (row) => orderShown(row, locale),
    ),
  };
});

/** The cursor is the last duty's ship-by date and order. */
export const listDuties = handle(routes.orders.listDuties, async ({ tx, params, query, now }) => {
  const seller = await readSeller(tx, params.sellerId);
  const [shipBy, id] = query.cursor?.split('~', 2) ?? [];
  const after = shipBy === undefined ? null : { shipBy: new Date(Number(shipBy)), id: id! };
  const rows = await dutiesOfSeller(tx, seller.id, after, query.limit + 1);
  const duties = pendingDuties(rows, now);
  return {
    status: 200,
    body: pageOf(duties, query.limit, (duty) => `${duty.shipBy.getTime()}~${duty.orderId}`),
  };
});
