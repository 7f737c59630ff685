import { holdOrders as contract } from '@ge/contracts';
import { labelsOfOrders, lockOpenOrdersTo, OrderEntity, readSuspensions, SellerEntity } from '@ge/database';
import { expandDestinations, followSuspensions } from '@ge/domain';
import { batchHandler, carryOn, done, RowSet } from '@ge/runtime';

/** Brings the open orders to a destination in line with the suspensions of this moment: held, or let go again (R13). */
export const holdOrders = (pageSize: number) =>
  batchHandler({
    contract,
    load: async (tx, [job]) => {
      const countries = expandDestinations([job!.payload.destination]);
      const orders = await lockOpenOrdersTo(tx, countries, job!.cursor?.afterOrderId ?? null, pageSize);
      const labels = await labelsOfOrders(
        tx,
        orders.map((row) => row.id),
      );
      const sellers = await tx.find(
        SellerEntity,
        orders.map((row) => row.sellerId),
      );
      return {
        orders: new RowSet(orders, (row) => row.id),
        labels: Map.groupBy(labels, (row) => row.orderId),
        sellers: new Map(sellers.map((row) => [row.id, row])),
        suspensions: await readSuspensions(tx),
      };
    },
    decide: (_job, { orders, labels, sellers, suspensions }, now) => {
      const page = orders.values();
      const counts = { ordersHeld: 0, ordersReleased: 0 };
      for (const order of page) {
        const { timeZone } = sellers.get(order.sellerId)!;
        const outcome = followSuspensions(order, suspensions.active, labels.get(order.id) ?? [], timeZone, now);
        if (outcome.kind === 'held') counts.ordersHeld += 1;
        if (outcome.kind === 'released') counts.ordersReleased += 1;
        if (outcome.kind !== 'unchanged') orders.put({ ...order, ...outcome.order });
      }
      if (page.length < pageSize) return done({ progress: { counts } });
      return carryOn({ afterOrderId: page.at(-1)!.id }, { progress: { counts } });
    },
    save: async (tx, { orders }) => {
      await tx.update(OrderEntity, orders.changed(), [
        'state',
        'shipBy',
        'confirmedAt',
        'lines',
        'payout',
        'payoutReason',
      ]);
    },
  });
