import { reconcileCarrier as job, resolveLabel as resolution } from '@ge/contracts';
import { appendMessages, OperationEntity, outgoing } from '@ge/database';
import { shipFrom, shipTo } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buyLabel } from '../buyLabel.ts';
import { prepareRequest } from '../purchaseRequest.ts';
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

const { owed, setLabel, chargedTwice, deskOfReports, reconcile, rows, open, balances, voidedShipments, giveUp } =
  reclaimScene(() => rig);

test('a label that was charged twice: the further shipment is voided, its charge comes back and is booked, and the label stays bought', async () => {
  const { label, further } = await chargedTwice();
  await rig.fail({ kind: 'connection_lost_after' }, { operation: 'void' });
  await reconcile();
  expect(await open()).toEqual(['charged_again']);
  await owed(reclaimCharge(rig.desk()));
  expect(await voidedShipments()).toEqual([further.trackingId]);
  expect(await rows()).toMatchObject([
    { state: 'given', shipmentRef: further.shipmentId, labelId: label.id, refund: label.charge, reason: null },
  ]);
  // The first answer was lost.
  expect(await rig.calls('void')).toHaveLength(2);
  const charge = label.charge!.minor;
  const once = { seller: -charge, carrier: charge, platform: 0 };
  expect(await balances()).toEqual({ kinds: ['further_charge', 'further_refund', 'label_charge'], ...once });
  await reconcile();
  await owed(reclaimCharge(rig.desk()));
  expect(await open()).toEqual([]);
  expect(await rig.calls('void')).toHaveLength(2);
  expect((await rig.labels()).map(({ state, trackingId }) => [state, trackingId])).toEqual([
    ['purchased', label.trackingId],
  ]);
  const operations = await rig.db.database.transaction((tx) =>
    tx.select(OperationEntity, 'where t.kind = $1', [job.name]),
  );
  expect(operations.map(({ state, counts }) => [state, counts.given ?? 0])).toEqual(
    expect.arrayContaining([
      ['closed', 1],
      ['closed', 0],
    ]),
  );
});

test('a charge that the carrier does not give back keeps its reason, stays booked, and is not asked for again', async () => {
  const { label, further } = await chargedTwice();
  await rig.scan(further.trackingId);
  await reconcile();
  await owed(reclaimCharge(rig.desk()));
  const refused = [{ state: 'refused', reason: 'carrier.parcel_already_scanned', refund: null }];
  expect(await rows()).toMatchObject(refused);
  await reconcile();
  await owed(reclaimCharge(rig.desk()));
  expect(await rows()).toMatchObject(refused);
  expect(await rig.calls('void')).toHaveLength(1);
  expect(await voidedShipments()).toEqual([]);
  // The platform pays it until somebody has it given back.
  const charge = label.charge!.minor;
  const both = { seller: -charge, carrier: 2 * charge, platform: -charge };
  expect(await balances()).toEqual({ kinds: ['further_charge', 'label_charge'], ...both });
  expect(await open()).toEqual(['charged_again']);
});

test('however often and by whomever the carrier is asked, one shipment is given back once', async () => {
  await chargedTwice();
  await reconcile();
  await rig.db.database.query(
    `insert into messages (queue, name, seller_id, payload)
     select queue, name, seller_id, payload from messages, generate_series(1, 4) where name = 'reclaim-charge'`,
  );
  await Promise.all([1, 2].map(() => owed(reclaimCharge(rig.desk()))));
  await owed(reclaimCharge(rig.desk()));
  expect((await rig.ledger()).totals).toMatchObject({ charges: 2, voids: 1 });
  expect((await balances()).kinds).toEqual(['further_charge', 'further_refund', 'label_charge']);
  expect(await rig.db.database.query('select from messages')).toEqual([]);
});

test('nothing is asked of the carrier where the label was settled just now, the charge is older than the purchase, or nobody wants it', async () => {
  const { label } = await chargedTwice();
  await reconcile('off');
  await setLabel(label.id, 'ended_at = now()');
  await reconcile();
  // As after a backup was restored: the other charge is that of a label that was printed from what is lost.
  await setLabel(label.id, `ended_at = now() - interval '1 hour', sent_at = now() + interval '1 second'`);
  await reconcile();
  expect(await rows()).toEqual([]);
  expect(await open()).toEqual(['charged_again']);
  expect(await rig.db.database.query('select from messages')).toEqual([]);
});

test('a statement that was made before a charge may have landed asks for nothing back, however late it is read', async () => {
  const { label } = await chargedTwice();
  const { horizonMs } = rig.desk().carriers.carrierById(express)!.profile;
  await reconcile('charged_again', deskOfReports(new Date(label.endedAt!.getTime() - 3_600_000 + horizonMs - 1)));
  expect(await open()).toEqual(['charged_again']);
  expect(await rows()).toEqual([]);
  await reconcile('charged_again', deskOfReports(new Date(label.endedAt!.getTime() - 3_600_000 + horizonMs)));
  expect(await rows()).toHaveLength(1);
});

test('the shipment that a label holds is not voided, even where it was asked for', async () => {
  const { label, further } = await chargedTwice();
  await reconcile();
  await setLabel(label.id, `shipment_ref = '${further.shipmentId}'`);
  await owed(reclaimCharge(rig.desk()));
  expect(await rows()).toMatchObject([{ state: 'refused', reason: 'own_shipment' }]);
  expect(await rig.calls('void')).toEqual([]);
});

test('a charge under a label that ended refused comes back where that is wanted', async () => {
  const { label } = await chargedTwice();
  await setLabel(label.id, `state = 'refused', shipment_ref = null, charge = null`);
  await reconcile();
  expect(await rows()).toEqual([]);
  await reconcile('all');
  await owed(reclaimCharge(rig.desk()));
  expect((await rows()).map(({ state }) => state)).toEqual(['given', 'given']);
  await reconcile('all');
  expect(await open()).toEqual([]);
});

/** As after an operator's hand: what was bought is looked up again, and the carrier has two charges of it. */
async function foundTwice() {
  await rig.request(await rig.addOrders(1));
  await rig.fail({ kind: 'connection_lost_after' });
  await owed(buyLabel(rig.desk()));
  const [sent] = await rig.labels();
  const carrier = rig.desk().carriers.carrierById(express)!;
  const again = await carrier.buy(prepareRequest(carrier, sent!, shipFrom, shipTo), { timeoutMs: 5_000 });
  if (again.kind !== 'purchased') throw new Error(JSON.stringify(again));
  await owed(resolveLabel(rig.desk()));
  const [label] = await rig.labels();
  return { label: label!, further: again };
}

test('a further charge that a look-up finds is booked with the purchase, given back, and agrees with the statement before and after', async () => {
  const { label, further } = await foundTwice();
  expect(label).toMatchObject({ state: 'purchased' });
  expect(await rig.calls('void')).toEqual([]);
  expect(await rows()).toMatchObject([{ state: 'requested', shipmentRef: further.shipmentId, labelId: label.id }]);
  const charge = label.charge!.minor;
  const before = { seller: -charge, carrier: 2 * charge, platform: -charge };
  expect(await balances()).toEqual({ kinds: ['further_charge', 'label_charge'], ...before });
  // What the look-up found is asked back whatever is wanted of what a statement finds, and by it not a second time.
  await setLabel(label.id, `ended_at = ended_at - interval '1 hour', sent_at = sent_at - interval '1 hour'`);
  for (const policy of ['off', 'charged_again'] as const) await reconcile(policy);
  expect(await open()).toEqual([]);
  expect(await rig.db.database.query(`select from messages where name = 'reclaim-charge'`)).toHaveLength(1);
  await owed(reclaimCharge(rig.desk()));
  expect(await voidedShipments()).toEqual([further.trackingId]);
  expect(await rows()).toMatchObject([{ state: 'given', refund: label.charge }]);
  const kinds = ['further_charge', 'further_refund', 'label_charge'];
  expect(await balances()).toEqual({ kinds, seller: -charge, carrier: charge, platform: 0 });
  await reconcile();
  expect(await open()).toEqual([]);
  expect(await rig.db.database.query('select from messages')).toEqual([]);
});

test('the same further charge found by two look-ups is booked once and asked back once, and its label may be voided meanwhile', async () => {
  const { label } = await foundTwice();
  // As of a database that is older than its rows: the purchase is open once more.
  await setLabel(label.id, `state = 'unknown', shipment_ref = null, charge = null, ended_at = null`);
  const payload = { sellerId: label.sellerId, labelId: label.id };
  await rig.db.database.transaction((tx) =>
    appendMessages(tx, [outgoing(resolution, { payload, sellerId: label.sellerId })]),
  );
  await owed(resolveLabel(rig.desk()));
  expect(await rig.labels()).toMatchObject([{ state: 'purchased', shipmentRef: label.shipmentRef }]);
  expect(await rig.db.database.query(`select from messages where name = 'reclaim-charge'`)).toHaveLength(1);
  await setLabel(label.id, `state = 'voiding'`);
  await owed(reclaimCharge(rig.desk()));
  expect((await rig.ledger()).totals).toMatchObject({ charges: 2, voids: 1 });
  expect((await balances()).kinds).toEqual(['further_charge', 'further_refund', 'label_charge']);
});

test('a further charge that a look-up found and that is refused is a difference, until the statement gives it back: then it is booked', async () => {
  const { label, further } = await foundTwice();
  await reconcile();
  expect(await open()).toEqual([]);
  await giveUp(label, further.shipmentId);
  await reconcile();
  await reconcile();
  expect(await open()).toEqual(['charged_again']);
  // A person asks in its stead, and tells nobody here.
  await rig.desk().carriers.carrierById(express)!.void(further.shipmentId, { timeoutMs: 5_000 });
  await reconcile();
  expect(await open()).toEqual([]);
  const charge = label.charge!.minor;
  const kinds = ['further_charge', 'further_refund', 'label_charge'];
  expect(await balances()).toEqual({ kinds, seller: -charge, carrier: charge, platform: 0 });
});

test('a job that is given up leaves the charge to a person', async () => {
  const { label, further } = await chargedTwice();
  await reconcile();
  await giveUp(label, further.shipmentId);
  expect(await rows()).toMatchObject([{ state: 'refused', reason: 'given_up' }]);
});
