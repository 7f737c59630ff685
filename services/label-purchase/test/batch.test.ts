import { orderBatchLabels as contract } from '@ge/contracts';
import { appendMessages, outgoing } from '@ge/database';
import type { CountryCode } from '@ge/domain';
import { deathsTried, drained } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { batchDesk, countsOf, itemsOf, makeHeavy, owed, putBatch, steer, tickingClock } from './batches.ts';
import { gatedDesk } from './gatedDesk.ts';
import { type LabelRig, startLabelRig } from './labelRig.ts';
import { seller } from './purchases.ts';

let rig: LabelRig;
beforeEach(async () => {
  rig = await startLabelRig();
});
afterEach(async () => {
  await rig.close();
});

const database = () => rig.db.database;

/** Nobody who takes heavy parcels answers, until it is mended. */
async function heavyParcelsWait() {
  for (const carrier of ['express', 'easypost'])
    await rig.fail({ kind: 'error_before' }, { carrier, operation: 'quote', times: 10_000 });
}

/** Each item has a label of its own, each bought label one charge and each charge its label, to the cent. */
async function expectChargesEqualLabels(bought: number) {
  const { totals, charges } = await rig.ledger();
  const labels = (await rig.labels()).filter(({ state }) => state === 'purchased');
  expect(labels).toHaveLength(bought);
  expect(totals).toMatchObject({ charges: bought, doubleCharged: 0 });
  expect(charges.map(({ trackingId }) => trackingId).sort()).toEqual(labels.map(({ trackingId }) => trackingId).sort());
}

test('every item of a batch is quoted and asked for once, slice by slice, and its label bought; charges equal labels', async () => {
  const batch = await putBatch(database(), await rig.addOrders(25));
  const desk = batchDesk(rig);
  const { statements } = await desk.order();
  // Three slices and a look for a fourth: what is asked of PostgreSQL does not grow with the items.
  expect(statements).toHaveLength(4);
  expect(Math.max(...statements)).toBeLessThan(45);
  expect(await countsOf(database(), batch)).toMatchObject({ under_way: 25, waiting: 0 });
  await desk.buy();
  await expectChargesEqualLabels(25);
  expect(await countsOf(database(), batch)).toMatchObject({ bought: 25 });
  expect(new Set((await itemsOf(database(), batch)).map(({ label }) => label!.id)).size).toBe(25);
  const [operation] = await database().query('select state, total, done, counts from operations where id = $1', [
    batch.operationId,
  ]);
  expect(operation).toEqual({ state: 'closed', total: 26, done: 26, counts: { ordered: 25, refused: 0 } });
});

test('what became impossible since the batch was judged is refused by itself', async () => {
  const orderIds = await rig.addOrders(4);
  const batch = await putBatch(database(), orderIds);
  await database().query(`update orders set state = 'cancelled' where id = $1`, [orderIds[1]]);
  await rig.request([orderIds[2]!]);
  await batchDesk(rig).order();
  const items = await itemsOf(database(), batch);
  expect(items.map(({ item }) => item.refusals.map(({ code }) => code))).toEqual([
    [],
    ['label.order_not_open'],
    ['label.already_active'],
    [],
  ]);
  expect(await countsOf(database(), batch)).toMatchObject({ refused: 2, under_way: 2 });
});

test('two parcels of one order in one slice share what there is to pack', async () => {
  const [orderId] = await rig.addOrders(1);
  const batch = await putBatch(database(), [orderId!, orderId!]);
  // As the gateway never leaves it: both want both shirts.
  await database().query('update label_batch_items set parcel_no = item_no + 1');
  await batchDesk(rig).order();
  const items = await itemsOf(database(), batch);
  expect(items.map(({ item }) => item.state)).toEqual(['ordered', 'refused']);
  expect(items[1]!.item.refusals.map(({ code }) => code)).toEqual(['parcel.quantity_invalid']);
});

test('a pause in the middle holds back what was not sent: nothing more is ordered or bought until it ends', async () => {
  const batch = await putBatch(database(), await rig.addOrders(30));
  const desk = batchDesk(rig);
  await desk.order(async (slice) => slice === 2 && (await steer(database(), batch, 'paused')));
  expect(await countsOf(database(), batch)).toMatchObject({ under_way: 10, waiting: 20 });
  await desk.buy();
  expect((await rig.ledger()).totals.charges).toBe(0);
  expect(await owed(database())).toEqual([
    { name: 'buy-label', count: 10 },
    { name: 'order-batch-labels', count: 1 },
  ]);
  await steer(database(), batch, 'open');
  await desk.buy();
  await expectChargesEqualLabels(10);
  await desk.order();
  await desk.buy();
  await expectChargesEqualLabels(30);
});

test('a cancellation ends the rest: what was bought stays, what was not sent is never charged', async () => {
  const batch = await putBatch(database(), await rig.addOrders(40));
  const desk = batchDesk(rig);
  await desk.order(async (slice) => {
    // The first slice is bought, the second one only asked for.
    if (slice === 2) await desk.buy();
    if (slice === 3) await steer(database(), batch, 'cancelled');
  });
  await desk.buy();
  expect(await countsOf(database(), batch)).toMatchObject({ bought: 10, cancelled: 30, waiting: 0, under_way: 0 });
  await expectChargesEqualLabels(10);
  await desk.decidePayouts();
  expect(await owed(database())).toEqual([]);
  const [operation] = await database().query('select state from operations where id = $1', [batch.operationId]);
  expect(operation).toEqual({ state: 'closed' });
});

test('a paused batch that is cancelled ends too', async () => {
  const batch = await putBatch(database(), await rig.addOrders(15));
  const desk = batchDesk(rig);
  await desk.order(async (slice) => slice === 2 && (await steer(database(), batch, 'paused')));
  await desk.buy();
  await steer(database(), batch, 'cancelled');
  await desk.order();
  await desk.buy();
  expect(await countsOf(database(), batch)).toMatchObject({ cancelled: 15 });
  await expectChargesEqualLabels(0);
});

test('no more labels are asked for than may wait to be sent: offers do not grow old behind one another', async () => {
  const batch = await putBatch(database(), await rig.addOrders(30));
  const desk = batchDesk(rig, { sliceItems: 10, itemsAhead: 15 });
  await expect(desk.order()).rejects.toThrow('still owed');
  expect(await countsOf(database(), batch)).toMatchObject({ under_way: 20, waiting: 10 });
  await desk.buy();
  await desk.order();
  await desk.buy();
  await expectChargesEqualLabels(30);
});

test('a slice that is rolled back once it is written asks for no item twice', async () => {
  const batch = await putBatch(database(), await rig.addOrders(20));
  await database().query(
    `create sequence tried;
     create function once() returns trigger language plpgsql as $$
       begin if nextval('tried') = 1 then raise exception using errcode = '40001'; end if; return new; end $$;
     create trigger once before insert on messages for each statement execute function once()`,
  );
  const desk = batchDesk(rig);
  await desk.order();
  await desk.buy();
  await expectChargesEqualLabels(20);
  expect(await countsOf(database(), batch)).toMatchObject({ bought: 20 });
});

test('three messages of one batch, with the same slice in their hands at the same time, ask for no item twice', async () => {
  const batch = await putBatch(database(), await rig.addOrders(20));
  const again = outgoing(contract, { payload: { sellerId: seller, batchId: batch.id }, sellerId: seller });
  await database().transaction((tx) => appendMessages(tx, [again, again]));
  const desk = batchDesk(rig);
  // Nobody answers before all three have asked.
  const { promise, resolve } = Promise.withResolvers<void>();
  await desk.order(async (slice) => (slice === 3 ? resolve() : slice < 3 && (await promise)), true);
  await desk.buy();
  await expectChargesEqualLabels(20);
  expect(await countsOf(database(), batch)).toMatchObject({ bought: 20, refused: 0 });
});

test('items that no carrier can be asked for wait, and are not refused', async () => {
  const batch = await putBatch(database(), await rig.addOrders(3));
  await rig.fail({ kind: 'error_before' }, { operation: 'quote', times: 6 });
  const desk = batchDesk(rig, undefined, tickingClock());
  await desk.order();
  await desk.buy();
  await expectChargesEqualLabels(3);
  expect(await countsOf(database(), batch)).toMatchObject({ bought: 3, refused: 0 });
});

test('while a carrier is away only the parcels wait that it alone takes: what stands behind them is bought, and they are when it is back', async () => {
  const batch = await putBatch(database(), await rig.addOrders(30));
  await makeHeavy(database(), 15);
  await heavyParcelsWait();
  const clock = tickingClock();
  await batchDesk(rig, undefined, clock).order();
  expect(await countsOf(database(), batch)).toMatchObject({ under_way: 15, waiting: 15 });
  await batchDesk(rig, undefined, clock).buy();
  await expectChargesEqualLabels(15);
  await rig.mend();
  // Another process goes on where this one stopped.
  await batchDesk(rig, undefined, clock.later(5 * 60_000)).order();
  await batchDesk(rig, undefined, clock).buy();
  await expectChargesEqualLabels(30);
});

test('a carrier that is known to be down and not called at all keeps its parcels waiting, too', async () => {
  const batch = await putBatch(database(), await rig.addOrders(12));
  await makeHeavy(database(), 12);
  await heavyParcelsWait();
  const desk = await gatedDesk(rig, { failuresToPause: 2, pauseMs: 600_000 });
  await batchDesk({ ...rig, desk: () => desk }, undefined, tickingClock()).order();
  await desk.close();
  expect(await countsOf(database(), batch)).toMatchObject({ waiting: 12, refused: 0 });
});

test('what has stepped aside is held back by a pause and ended by a cancellation like all that waits', async () => {
  const batch = await putBatch(database(), await rig.addOrders(15));
  await makeHeavy(database(), 15);
  await heavyParcelsWait();
  const clock = tickingClock();
  const desk = batchDesk(rig, undefined, clock);
  await desk.order();
  await steer(database(), batch, 'paused');
  const asked = (await rig.calls('quote')).length;
  clock.later(60 * 60_000);
  await desk.order();
  expect((await rig.calls('quote')).length).toBe(asked);
  // However long the pause was, its time begins anew.
  await steer(database(), batch, 'open');
  await desk.order();
  expect((await rig.calls('quote')).length).toBeGreaterThan(asked);
  expect(await countsOf(database(), batch)).toMatchObject({ waiting: 15 });
  await steer(database(), batch, 'cancelled');
  await desk.order();
  expect(await countsOf(database(), batch)).toMatchObject({ cancelled: 15 });
  expect(await owed(database())).toEqual([]);
});

test('what waits in vain for a carrier is refused after its time, with what stood against each carrier', async () => {
  const batch = await putBatch(database(), await rig.addOrders(12));
  await makeHeavy(database(), 12);
  await heavyParcelsWait();
  const clock = tickingClock();
  const desk = batchDesk(rig, { offersAwaitedMs: 10 * 60_000 }, clock);
  await desk.order();
  clock.later(10 * 60_000);
  await desk.order();
  expect(await owed(database())).toEqual([]);
  const items = await itemsOf(database(), batch);
  expect(new Set(items.map(({ item }) => `${item.state} ${item.refusals.map(({ code }) => code)}`))).toEqual(
    new Set(['refused label_batch.no_answer,TEMPORARILY_UNAVAILABLE']),
  );
});

test('a parcel that no service takes is refused with the reasons of the services, each once', async () => {
  const batch = await putBatch(database(), await rig.addOrders(1));
  await database().query(`update label_batch_items set parcel = jsonb_set(parcel, '{lengthMm}', '2600')`);
  await batchDesk(rig).order();
  const [only] = await itemsOf(database(), batch);
  expect(only!.item.refusals.map(({ code }) => code)).toEqual(['label.no_offer', 'SIZE_RESTRICTIONS', 'UNKNOWN']);
});

test('a destination that no service reaches is refused with its reason', async () => {
  const batch = await putBatch(database(), await rig.addOrders(1, { destination: 'KP' as CountryCode }));
  await batchDesk(rig).order();
  const [only] = await itemsOf(database(), batch);
  expect(only!.item.state).toBe('refused');
  expect(only!.item.refusals.length).toBeGreaterThan(0);
});

const deaths = ['effect.written', 'effect.called', 'effect.settled', 'effect.claimed'].map(
  (point) => `${point}@order-batch-labels#2`,
);
test.for(deathsTried(deaths, 1))(
  'killed with SIGKILL at %s in the middle of a batch: another process goes on, and each item is bought once',
  async (failpoint) => {
    const batch = await putBatch(database(), await rig.addOrders(30));
    const pace = { BATCH_SLICE_ITEMS: '10' };
    await rig.start('relay');
    const victim = await rig.start('label-purchase', { ...pace, GE_FAILPOINT: failpoint });
    await victim.ended;
    rig.running.splice(rig.running.indexOf(victim), 1);
    await rig.start('label-purchase', pace);
    await drained(database());
    expect(await countsOf(database(), batch)).toMatchObject({ bought: 30 });
    await expectChargesEqualLabels(30);
  },
);
