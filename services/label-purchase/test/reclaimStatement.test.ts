import { bookTransfers, ChargeReclaimEntity } from '@ge/database';
import { chargeFurther, openReclaim, refundFurther } from '@ge/domain';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reclaimCharge } from '../reclaimCharge.ts';
import { type LabelRig, startLabelRig } from './labelRig.ts';
import { express, reclaimScene } from './reclaimScene.ts';

let rig: LabelRig;

beforeEach(async () => {
  // It charges whatever is sent to it, however often.
  rig = await startLabelRig({}, { express: { idempotencyKeys: false, lookUp: true } });
});
afterEach(() => rig.close());

const { owed, chargedTwice, deskThatBills, reconcile, open, balances, giveUp, isSomebodyWaiting } = reclaimScene(
  () => rig,
);

test('what the statement gave back before it was asked for is booked, though the carrier refuses then', async () => {
  const { label, further } = await chargedTwice();
  await rig.desk().carriers.carrierById(express)!.void(further.shipmentId, { timeoutMs: 5_000 });
  await reconcile();
  // A look-up was answered before the void, and is written down only now.
  const reclaim = openReclaim(label, further.shipmentId, further.charge, new Date());
  await rig.db.database.transaction(async (tx) => {
    await tx.insert(ChargeReclaimEntity, [reclaim]);
    await bookTransfers(tx, chargeFurther(reclaim, new Date()));
  });
  await giveUp(label, further.shipmentId);
  await reconcile();
  const charge = label.charge!.minor;
  const kinds = ['further_charge', 'further_refund', 'label_charge'];
  expect(await balances()).toEqual({ kinds, seller: -charge, carrier: charge, platform: 0 });
  expect(await open()).toEqual([]);
});

test('a refund that is written down while the statement is read is compared with it', async () => {
  const { further } = await chargedTwice();
  await reconcile();
  await rig.desk().carriers.carrierById(express)!.void(further.shipmentId, { timeoutMs: 5_000 });
  // The carrier told of another refund than it bills.
  const told = { minor: 1, currency: 'USD' } as const;
  let reading = Promise.resolve();
  await rig.db.database.transaction(async (tx) => {
    const [reclaim] = await tx.lock(ChargeReclaimEntity, [[express, further.shipmentId]]);
    reading = reconcile();
    let isRead = false;
    void reading.then(() => {
      isRead = true;
    });
    await vi.waitUntil(async () => isRead || (await isSomebodyWaiting()), { timeout: 10_000 });
    await bookTransfers(tx, refundFurther(reclaim!, told, new Date()));
    await tx.update(ChargeReclaimEntity, [{ ...reclaim!, state: 'given', refund: told, endedAt: new Date() }]);
  });
  await reading;
  expect(await open()).toEqual(['amount_differs']);
});

test('a second charge of one shipment, and a second refund, are differences', async () => {
  const { label, further } = await chargedTwice();
  await reconcile();
  await owed(reclaimCharge(rig.desk()));
  await reconcile();
  expect(await open()).toEqual([]);
  await reconcile(
    'charged_again',
    deskThatBills(
      [
        { kind: 'charge', shipmentRef: label.shipmentRef! },
        { kind: 'refund', shipmentRef: further.shipmentId },
      ],
      label,
    ),
  );
  expect((await open()).toSorted()).toEqual(['amount_differs', 'charged_again']);
  await reconcile();
  expect((await open()).toSorted()).toEqual(['amount_differs', 'charged_again']);
});

test('a fee of a further shipment that nobody asked back is booked once, though its postage is given back', async () => {
  const { label, further } = await chargedTwice();
  await rig.adjust(further.shipmentId, 25);
  await reconcile('off');
  expect(await open()).toEqual(['charged_again']);
  await rig.desk().carriers.carrierById(express)!.void(further.shipmentId, { timeoutMs: 5_000 });
  await rig.adjust(further.shipmentId, 5);
  await reconcile('off');
  await reconcile('off');
  expect(await open()).toEqual([]);
  const charge = label.charge!.minor;
  const kinds = ['further_charge', 'further_charge', 'label_charge'];
  expect(await balances()).toEqual({ kinds, seller: -charge, carrier: charge + 30, platform: -30 });
});

test('duty of a further shipment is a difference, and no order’s deposit pays for it', async () => {
  const { label, further } = await chargedTwice();
  await rig.deliver(further.trackingId);
  await reconcile('off');
  expect(await open()).toEqual(['charged_again', 'charged_again']);
  const charge = label.charge!.minor;
  expect(await balances()).toEqual({ kinds: ['label_charge'], seller: -charge, carrier: charge, platform: 0 });
});
