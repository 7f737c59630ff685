import { decidePayout as contract } from '@ge/contracts';
import { lockShippedOrders, OrderEntity, packedLabelsOf } from '@ge/database';
import { withPayout } from '@ge/domain';
import { batchHandler, done, RowSet, skip, snooze } from '@ge/runtime';
import { loadParcelReports, payoutEvidence } from './parcelReports.ts';

const DAY_MS = 86_400_000;

/** Decides an order's payout anew from all that is known of its labels and parcels (R17). */
export const decidePayout = batchHandler({
  contract,
  load: async (tx, jobs) => {
    const orderIds = [...new Set(jobs.map((job) => job.payload.orderId))];
    const orders = await lockShippedOrders(tx, orderIds);
    const labels = await packedLabelsOf(tx, orderIds);
    return {
      orders: new RowSet(orders, (row) => row.id),
      labels: Map.groupBy(labels, (row) => row.orderId),
      reports: await loadParcelReports(
        tx,
        orderIds,
        labels.map((row) => row.id),
      ),
    };
  },
  decide: (job, { orders, labels, reports }, now) => {
    const order = orders.get(job.payload.orderId);
    if (!order || order.sellerId !== job.payload.sellerId) return skip('there is no such order');
    if (job.payload.atShipBy && (order.state === 'pending' || order.state === 'held')) {
      const left = order.shipBy.getTime() - now.getTime();
      // A hold ends with a ship-by date of its own; until then there is nothing to be late for.
      if (order.state === 'held') return snooze(Math.max(left, DAY_MS), 'the order is held');
      if (left >= 0) return snooze(left + 1, 'the ship-by date has not passed');
    }
    const decided = withPayout(order, payoutEvidence(order.id, labels.get(order.id) ?? [], reports), now);
    if (decided === order) return skip(`the payout stays ${order.payout}`);
    orders.put(decided);
    return done();
  },
  save: async (tx, { orders }) => {
    await tx.update(OrderEntity, orders.changed(), ['payout', 'payoutReason']);
  },
});
