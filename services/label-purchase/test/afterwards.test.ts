import { decidePayout as payout } from '@ge/contracts';
import { appendMessages, outgoing, TrackingEventEntity } from '@ge/database';
import { readDocument } from '@ge/documents';
import { deathsTried, drained, runOwed, startAfterDeaths } from '@ge/testkit';
import { afterEach, expect, test } from 'vitest';
import { buyLabel } from '../buyLabel.ts';
import { decidePayout } from '../decidePayout.ts';
import { resolveLabel } from '../resolveLabel.ts';
import { voidLabel } from '../voidLabel.ts';
import { askToVoid, type LabelRig, startLabelRig } from './labelRig.ts';
import { seller } from './purchases.ts';

let rig: LabelRig;

afterEach(async () => {
  await rig.close();
});

const shown = async () => {
  const [labels, orders] = await Promise.all([rig.labels(), rig.orders()]);
  return orders.map((order) => {
    const label = labels.find((row) => row.orderId === order.id);
    return `${label?.state} ${label?.reason} ${order.state} ${order.payout} ${order.payoutReason}`;
  });
};

test('a voided label is given back once, the order waits for another, its payout is withheld until then (R17)', async () => {
  rig = await startLabelRig();
  const orderIds = await rig.addOrders(2);
  await rig.request(orderIds);
  await rig.workOff();
  // The first answer of each void is lost after the carrier has acted, and the next question fails.
  for (const label of await rig.labels()) {
    await rig.fail({ kind: 'connection_lost_after' }, { operation: 'void', reference: label.shipmentRef });
  }
  await rig.fail({ kind: 'connection_lost_after' }, { operation: 'void', times: 2 });
  await askToVoid(rig);
  await rig.workOff();
  expect(await shown()).toEqual(Array(2).fill('voided null pending withheld label_voided'));
  expect((await rig.ledger()).totals).toMatchObject({ charges: 2, voids: 2 });

  await rig.request(orderIds);
  await rig.workOff();
  expect((await rig.ledger()).totals).toMatchObject({ charges: 4, voids: 2, doubleCharged: 0 });
  expect((await rig.orders()).map((order) => `${order.state} ${order.payout}`)).toEqual(
    Array(2).fill('confirmed pending'),
  );
});

test('an order in two parcels is confirmed by its second label, and opened again by a void of the first (R17, R18)', async () => {
  rig = await startLabelRig();
  const orderIds = await rig.addOrders(1);
  const states = async () =>
    (await rig.orders()).map((order) => `${order.state} ${order.payout} ${order.payoutReason}`);
  await rig.request(orderIds, { parcelNo: 1, pieces: 1 });
  await rig.workOff();
  expect(await states()).toEqual(['pending pending null']);
  const [first] = await rig.labels();
  await rig.request(orderIds, { parcelNo: 2, pieces: 1 });
  await rig.workOff();
  expect(await states()).toEqual(['confirmed pending null']);
  await askToVoid(rig, [first!.id]);
  await rig.workOff();
  expect(await states()).toEqual(['pending withheld label_voided']);
});

test('a label that the carrier has scanned is not taken back; it stays and is paid for', async () => {
  rig = await startLabelRig();
  await rig.request(await rig.addOrders(1));
  await rig.workOff();
  await rig.scan((await rig.labels())[0]!.trackingId!);
  await askToVoid(rig);
  await rig.workOff();
  expect(await shown()).toEqual(['void_refused carrier.parcel_already_scanned confirmed pending null']);
});

test('without key and look-up a lost answer waits for a person and is never sent again', async () => {
  rig = await startLabelRig({ idempotencyKey: false, lookUp: false });
  await rig.fail({ kind: 'connection_lost_after' });
  await rig.request(await rig.addOrders(1));
  await rig.workOff();
  expect(await shown()).toEqual(['parked no_key_and_no_look_up pending pending null']);
  expect((await rig.ledger()).totals).toMatchObject({ charges: 1, calls: { buy: 1 } });
});

test('with a key but without look-up the first request is sent again after the horizon, and charged once', async () => {
  rig = await startLabelRig({ lookUp: false });
  await rig.fail({ kind: 'connection_lost_after' });
  await rig.fail({ kind: 'late_charge', afterMs: 1_000 });
  await rig.request(await rig.addOrders(2));
  await rig.workOff();
  expect(await shown()).toEqual(Array(2).fill('purchased null confirmed pending null'));
  expect((await rig.ledger()).totals).toMatchObject({ charges: 2, doubleCharged: 0, calls: { buy: 4 } });
});

test('a repeat whose address is gone cannot send the first body again: it waits for a person', async () => {
  rig = await startLabelRig({ lookUp: false });
  await rig.fail({ kind: 'connection_lost_after' });
  await rig.request(await rig.addOrders(1));
  await runOwed(rig.db.database, buyLabel(rig.desk()));
  expect((await rig.labels())[0]!.state).toBe('unknown');
  await rig.db.database.query('update orders set ship_to = null');
  await rig.workOff();
  expect(await shown()).toEqual(['parked request_changed pending pending null']);
  expect((await rig.ledger()).totals.calls).toMatchObject({ buy: 1 });
});

test.for(['PDF', 'PNG', 'ZPL300'] as const)(
  'a purchase found again without its document is printed here, in the wanted format: %s',
  async (format) => {
    rig = await startLabelRig();
    await rig.fail({ kind: 'connection_lost_after' });
    await rig.fail({ kind: 'ok_without_label' }, { operation: 'look_up', times: 10 });
    await rig.request(await rig.addOrders(1), { format });
    await rig.workOff();
    const [label] = await rig.labels();
    expect(label).toMatchObject({ state: 'purchased' });
    const parts: Uint8Array[] = [];
    for await (const part of readDocument(rig.db.database, label!.documentId!)) parts.push(part);
    const text = Buffer.concat(parts).toString('latin1');
    expect(text.slice(0, 5)).toBe({ PDF: '%PDF-', PNG: '\x89PNG\r', ZPL300: '^XA\n^' }[format]);
    if (format === 'ZPL300') expect(text).toContain(label!.trackingId!);
  },
);

test('a carrier that charged twice is found out by the look-up, and gives the second charge back', async () => {
  // The simulator forgets keys, so that a request that is sent twice is charged twice.
  rig = await startLabelRig({}, { express: { idempotencyKeys: false, lookUp: true } });
  await rig.fail({ kind: 'connection_lost_after' });
  await rig.start('relay');
  // Ready first: what is owed already could bring it down before it can say so.
  const victim = await rig.start('label-purchase', { GE_FAILPOINT: 'effect.called' });
  const [label] = await rig.request(await rig.addOrders(1));
  await victim.ended;
  rig.running.splice(rig.running.indexOf(victim), 1);
  // As an operator's hand might: the label is made ready once more although something was sent.
  await rig.db.database.query(`update label_purchases set state = 'requested', lease_until = null`);
  await rig.fail({ kind: 'connection_lost_after' });
  await rig.start('label-purchase');
  await drained(rig.db.database);
  expect(await shown()).toEqual(['purchased null confirmed pending null']);
  const ledger = await rig.ledger();
  expect(ledger.totals).toMatchObject({ charges: 2, voids: 1, doubleCharged: 0 });
  const kept = ledger.charges.find((charge) => charge.voidedAt === null)!;
  expect([kept.reference, kept.trackingId]).toEqual([label!.id, (await rig.labels())[0]!.trackingId]);
});

test('an order without a label is withheld when its ship-by date passes, and released after all by a scanned label (R17)', async () => {
  rig = await startLabelRig();
  const [orderId] = await rig.addOrders(1, { shipBy: new Date(Date.now() + 1_500) });
  await rig.db.database.transaction((tx) =>
    appendMessages(tx, [
      outgoing(payout, { payload: { sellerId: seller, orderId: orderId!, atShipBy: true }, sellerId: seller }),
    ]),
  );
  await rig.workOff();
  expect(await rig.orders()).toMatchObject([{ payout: 'withheld', payoutReason: 'ship_by_passed' }]);

  await rig.request([orderId!]);
  await rig.workOff();
  const [label] = await rig.labels();
  await rig.db.database.transaction(async (tx) => {
    const now = new Date();
    await tx.insert(TrackingEventEntity, [
      { labelId: label!.id, code: 'PickupDone', happenedAt: now, receivedAt: now },
    ]);
    await appendMessages(tx, [
      outgoing(payout, { payload: { sellerId: seller, orderId: orderId! }, sellerId: seller }),
    ]);
  });
  await rig.workOff();
  expect(await rig.orders()).toMatchObject([{ state: 'confirmed', payout: 'released', payoutReason: null }]);
});

const endOf = async () => {
  const { charges, voids, doubleCharged, calls } = (await rig.ledger()).totals;
  return { shown: await shown(), charges, voids, doubleCharged, purchases: calls.buy };
};

/** Three purchases whose answers were lost and three labels to be taken back, with the payouts of all of them. */
async function oweLookUpsAndVoids(): Promise<void> {
  rig = await startLabelRig();
  const [found, taken] = [await rig.addOrders(3), await rig.addOrders(3)];
  await rig.request(taken);
  await runOwed(rig.db.database, buyLabel(rig.desk()));
  await askToVoid(rig);
  await rig.fail({ kind: 'connection_lost_after' }, { times: 3 });
  await rig.request(found);
  await runOwed(rig.db.database, buyLabel(rig.desk()));
  await rig.db.database.transaction((tx) =>
    appendMessages(
      tx,
      [...found, ...taken].map((orderId) =>
        outgoing(payout, { payload: { sellerId: seller, orderId }, sellerId: seller }),
      ),
    ),
  );
}

/** Of a look-up and of a void the call may have been made by the dead process: asking again does no harm. */
const deaths = [
  ...['effect.called@resolve-label', 'effect.called@void-label'],
  ...['effect.claimed@resolve-label', 'effect.claimed@void-label'],
  'batch.saved@decide-payout',
];

test('killed with SIGKILL in the middle of look-ups, voids and payouts, one after another: the end is that of the undisturbed run', async () => {
  await oweLookUpsAndVoids();
  for (const handler of [resolveLabel(rig.desk()), voidLabel(rig.desk()), decidePayout]) {
    await runOwed(rig.db.database, handler);
  }
  const undisturbed = await endOf();
  expect(undisturbed).toMatchObject({ charges: 6, voids: 3, doubleCharged: 0, purchases: 6 });
  await rig.close();

  await oweLookUpsAndVoids();
  await rig.start('relay');
  const start = (env: Readonly<Record<string, string>>) => rig.start('label-purchase', { JOB_LOCK_MS: '1000', ...env });
  await startAfterDeaths(rig.db.database, deathsTried(deaths, 2), start);
  await drained(rig.db.database);
  expect(await endOf()).toEqual(undisturbed);
});
