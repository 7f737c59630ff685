import { decidePayout as contract } from '@ge/contracts';
import { firstScansOf, labelsOfOrders, OrderEntity, ordersWithOutsideLabel } from '@ge/database';
import { withPayout } from '@ge/domain';
import { batchHandler, done, RowSet, skip, snooze } from '@ge/runtime';

const DAY_MS = 86_400_000;

/** Decides an order's payout anew from all that is known of its labels and parcels (R17). */
export const decidePayout = batchHandler({
  contract,
  load: async (tx, jobs) => {
    const orders = await tx.lock(OrderEntity, [...new Set(jobs.map((job) => job.payload.orderId))]);
    const ids = orders.map((row) => row.id);
    const labels = await labelsOfOrders(tx, ids);
    return {
      orders: new RowSet(orders, (row) => row.id),
      labels: Map.groupBy(labels, (row) => row.orderId),
      firstScans: await firstScansOf(
        tx,
        labels.map((row) => row.id),
      ),
      outside: await ordersWithOutsideLabel(tx, ids),
    };
  },
  decide: (job, { orders, labels, firstScans, outside }, now) => {
    const order = orders.get(job.payload.orderId);
    if (!order || order.sellerId !== job.payload.sellerId) return skip('there is no such order');
    if (job.payload.atShipBy && (order.state === 'pending' || order.state === 'held')) {
      const left = order.shipBy.getTime() - now.getTime();
      // A hold ends with a ship-by date of its own; until then there is nothing to be late for.
      if (order.state === 'held') return snooze(Math.max(left, DAY_MS), 'the order is held');
      if (left >= 0) return snooze(left + 1, 'the ship-by date has not passed');
    }
    const evidence = {
      labels: labels.get(order.id) ?? [],
      firstScans,
      outsideLabelReported: outside.has(order.id),
    };
    const decided = withPayout(order, evidence, now);
    if (decided === order) return skip(`the payout stays ${order.payout}`);
    orders.put({ ...order, ...decided });
    return done();
  },
  save: async (tx, { orders }) => {
    await tx.update(OrderEntity, orders.changed(), ['payout', 'payoutReason']);
  },
});
