import type { StatementPage } from '@ge/carriers';
import { bookTransfers, ChargeReclaimEntity } from '@ge/database';
import { chargeFurther, openReclaim, refundFurther } from '@ge/domain';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buyLabel } from '../buyLabel.ts';
import { reclaimCharge } from '../reclaimCharge.ts';
import { resolveLabel } from '../resolveLabel.ts';
import { type LabelRig, startLabelRig } from './labelRig.ts';
import { express, reclaimScene } from './reclaimScene.ts';

let rig: LabelRig;

beforeEach(async () => {
  // It charges whatever is sent to it, however often.
  rig = await startLabelRig({}, { express: { idempotencyKeys: false, lookUp: true } });
});
afterEach(() => rig.close());

const { owed, chargedTwice, deskThatBills, deskWithPages, reconcile, open, balances, giveUp, isSomebodyWaiting } =
  reclaimScene(() => rig);

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

/** A purchase whose answer was lost, and whose shipment was taken back at the carrier before anybody looked it up. */
async function voidedBeforeLookedUp(readBefore: boolean) {
  await rig.request(await rig.addOrders(1));
  await rig.fail({ kind: 'connection_lost_after' });
  await owed(buyLabel(rig.desk()));
  if (readBefore) await reconcile('all');
  const [sent] = await rig.labels();
  const carrier = rig.desk().carriers.carrierById(express)!;
  const { idempotencyKey, offerToken, sentAt } = sent!;
  const purchase = { idempotencyKey, reference: sent!.id, offerToken, sentAt: sentAt! };
  const found = await carrier.lookUp(purchase, { timeoutMs: 5_000, now: new Date() });
  if (found.kind !== 'bought') throw new Error(JSON.stringify(found));
  await carrier.void(found.shipmentId, { timeoutMs: 5_000 });
  await owed(resolveLabel(rig.desk()));
  expect(await rig.labels()).toMatchObject([{ state: 'refused', reason: 'voided_at_carrier' }]);
}

test.each([
  ['never read before', false],
  ['read while it was open', true],
])(
  'of a shipment that a look-up finds voided neither charge nor refund is booked, and neither differs: a statement %s',
  async (_, readBefore) => {
    await voidedBeforeLookedUp(readBefore);
    await reconcile('all');
    await reconcile('all');
    expect(await open()).toEqual([]);
    expect(await balances()).toEqual({ kinds: [], seller: 0, carrier: 0, platform: 0 });
  },
);

type BilledLine = StatementPage['lines'][number];

/** A refund of a cent less than it is. */
const aCentLess = (line: BilledLine): BilledLine =>
  line.kind === 'refund' ? { ...line, minor: line.minor - 1 } : line;

test('a shipment that a look-up finds voided, and of which less came back than was charged, is told', async () => {
  await voidedBeforeLookedUp(false);
  const [label] = await rig.labels();
  await reconcile(
    'all',
    deskWithPages((page) => ({ ...page, lines: page.lines.map(aCentLess) })),
  );
  expect(label).toMatchObject({ state: 'refused', charge: null });
  expect(await open()).toEqual(['amount_differs']);
});
