import { decidePayout as payout } from '@ge/contracts';
import { appendMessages, type Database, type OrderRow, outgoing, TrackingEventEntity } from '@ge/database';
import type { AnyEffectHandler } from '@ge/runtime';
import { answeredTogether, inOneBatchAndInTurn, runOwed } from '@ge/testkit';
import { expect, test } from 'vitest';
import { buyLabel } from '../buyLabel.ts';
import { decidePayout } from '../decidePayout.ts';
import { resolveLabel } from '../resolveLabel.ts';
import { voidLabel } from '../voidLabel.ts';
import { askToVoid, type LabelRig, startLabelRig } from './labelRig.ts';
import { seller } from './purchases.ts';

/** One order with two parcels, a label asked for each. */
async function twoLabels(database: Database, order: Partial<OrderRow> = {}) {
  const rig = await startLabelRig({}, {}, { database, url: '', drop: async () => undefined });
  const orderIds = await rig.addOrders(1, order);
  await rig.request(orderIds);
  await rig.request(orderIds, { parcelNo: 2 });
  return rig;
}

const oweAgain = (database: Database, name: string, times: number) =>
  database.query(
    `insert into messages (queue, name, seller_id, payload)
     select queue, name, seller_id, payload from messages, generate_series(1, $2) where name = $1`,
    [name, times],
  );

const withAnswers = (handler: AnyEffectHandler, count: number): AnyEffectHandler => ({
  ...handler,
  call: answeredTogether(handler.call, count),
});

const leftIn = async (rig: LabelRig) => {
  const { database } = rig.db;
  const { charges, voids, doubleCharged } = (await rig.ledger()).totals;
  return {
    labels: await database.query('select parcel_no, state, reason from label_purchases order by parcel_no'),
    orders: await database.query('select state, payout, payout_reason from orders'),
    owed: await database.query('select name, due_at is null as now from messages order by name'),
    log: await database.query('select name, outcome, reason from message_log order by name, outcome, reason'),
    ledger: { charges, voids, doubleCharged },
  };
};
const closing = (rig: LabelRig) => ({ left: () => leftIn(rig), close: () => rig.close() });

test('purchases of one order and two jobs of each label in one batch end as one after another: each bought once, and the payout is no longer withheld (R17)', async () => {
  const late = { shipBy: new Date(Date.now() - 1_000), payout: 'withheld', payoutReason: 'ship_by_passed' } as const;
  const { inOneBatch, inTurn } = await inOneBatchAndInTurn(async (database, together) => {
    const rig = await twoLabels(database, late);
    await oweAgain(database, 'buy-label', 1);
    return { handler: withAnswers(buyLabel(rig.desk()), together ? 2 : 1), ...closing(rig) };
  });
  expect(inOneBatch).toEqual(inTurn);
  expect(inOneBatch).toMatchObject({
    labels: [{ state: 'purchased' }, { state: 'purchased' }],
    orders: [{ state: 'confirmed', payout: 'pending', payout_reason: null }],
    owed: [],
    ledger: { charges: 2, doubleCharged: 0 },
  });
});

test('lost answers of one order looked up in one batch end as one after another: each bought once', async () => {
  const { inOneBatch, inTurn } = await inOneBatchAndInTurn(async (database, together) => {
    const rig = await twoLabels(database);
    await rig.fail({ kind: 'connection_lost_after' }, { times: 2 });
    await runOwed(database, buyLabel(rig.desk()));
    await oweAgain(database, 'resolve-label', 1);
    return { handler: withAnswers(resolveLabel(rig.desk()), together ? 2 : 1), ...closing(rig) };
  });
  expect(inOneBatch).toEqual(inTurn);
  expect(inOneBatch).toMatchObject({
    labels: [{ state: 'purchased' }, { state: 'purchased' }],
    orders: [{ state: 'confirmed' }],
    ledger: { charges: 2, doubleCharged: 0 },
  });
});

test('voids of one order in one batch end as one after another: it waits for a label again once the last one is gone', async () => {
  const { inOneBatch, inTurn } = await inOneBatchAndInTurn(async (database, together) => {
    const rig = await twoLabels(database);
    await runOwed(database, buyLabel(rig.desk()));
    await askToVoid(rig);
    await oweAgain(database, 'void-label', 1);
    return { handler: withAnswers(voidLabel(rig.desk()), together ? 2 : 1), ...closing(rig) };
  });
  expect(inOneBatch).toEqual(inTurn);
  expect(inOneBatch).toMatchObject({
    labels: [{ state: 'voided' }, { state: 'voided' }],
    orders: [{ state: 'pending', payout: 'withheld', payout_reason: 'label_voided' }],
    owed: [],
    ledger: { charges: 2, voids: 2 },
  });
});

test('payouts of one order in one batch end as one after another: released once (R17)', async () => {
  const { inOneBatch, inTurn } = await inOneBatchAndInTurn(async (database) => {
    const rig = await twoLabels(database);
    await runOwed(database, buyLabel(rig.desk()));
    await database.transaction(async (tx) => {
      const now = new Date();
      const scans = (await rig.labels()).map(({ id: labelId }) => ({ labelId, code: 'PickupDone', happenedAt: now }));
      await tx.insert(
        TrackingEventEntity,
        scans.map((scan) => ({ ...scan, receivedAt: now })),
      );
      const [order] = await rig.orders();
      const payload = { sellerId: seller, orderId: order!.id };
      await appendMessages(
        tx,
        scans.map(() => outgoing(payout, { payload, sellerId: seller })),
      );
    });
    return { handler: decidePayout, ...closing(rig) };
  });
  expect(inOneBatch).toEqual(inTurn);
  expect(inOneBatch.orders).toMatchObject([{ state: 'confirmed', payout: 'released' }]);
  const payouts = (inOneBatch.log as { name: string; outcome: string }[]).filter(
    ({ name }) => name === 'decide-payout',
  );
  expect(payouts.map(({ outcome }) => outcome)).toEqual(['done', 'skip']);
});
