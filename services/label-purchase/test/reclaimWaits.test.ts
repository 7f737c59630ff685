import { reclaimCharge as job } from '@ge/contracts';
import { appendMessages, bookTransfers, ChargeReclaimEntity, LedgerTransferEntity, outgoing } from '@ge/database';
import { chargeFurther, openReclaim } from '@ge/domain';
import { runOwed } from '@ge/testkit';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openCarrierDesk } from '../carrierDesk.ts';
import { config } from '../config.ts';
import { reclaimCharge } from '../reclaimCharge.ts';
import { type LabelRig, startLabelRig } from './labelRig.ts';

let rig: LabelRig;

beforeEach(async () => {
  rig = await startLabelRig();
});
afterEach(() => rig.close());

const database = () => rig.db.database;
const ask = (desk = rig.desk()) => runOwed(database(), reclaimCharge(desk), true);
const rows = () => database().transaction((tx) => tx.select(ChargeReclaimEntity, 'order by t.shipment_ref'));
const kinds = async () =>
  (await database().transaction((tx) => tx.select(LedgerTransferEntity, 'order by t.id'))).map(({ kind }) => kind);
const waits = () =>
  database().query<{ late: boolean }>(`select due_at > now() + interval '5 hours' as late from messages`);

/** A shipment that is bought at the carrier, and asked back as one beside that of its label. */
async function askedBack(carrier: 'easypost' | 'simulator-express') {
  await rig.request(await rig.addOrders(1), { carrier });
  await rig.workOff();
  const [label] = await rig.labels();
  await database().query(`update label_purchases set shipment_ref = 'the-one-that-it-keeps'`);
  const reclaim = openReclaim(label!, label!.shipmentRef!, label!.charge!, new Date());
  const { sellerId, labelId, carrierId, shipmentRef } = reclaim;
  await database().transaction(async (tx) => {
    await tx.insert(ChargeReclaimEntity, [reclaim]);
    await bookTransfers(tx, chargeFurther(reclaim, new Date()));
    await appendMessages(tx, [outgoing(job, { payload: { sellerId, labelId, carrierId, shipmentRef }, sellerId })]);
  });
  return reclaim;
}

test('a carrier that takes the void in and decides later is asked again hours later, and the refund is booked when it is given', async () => {
  const { charged } = await askedBack('easypost');
  await ask();
  expect(await rows()).toMatchObject([{ state: 'sent', unanswered: 0, leaseUntil: null, refund: null, endedAt: null }]);
  expect(await waits()).toEqual([{ late: true }]);
  expect(await kinds()).toEqual(['further_charge', 'label_charge']);
  await database().query('update messages set due_at = now()');
  await ask();
  expect(await rows()).toMatchObject([{ state: 'given', refund: charged, reason: null }]);
  expect(await waits()).toEqual([]);
  expect(await kinds()).toEqual(['further_charge', 'further_refund', 'label_charge']);
});

test('a charge of a carrier that is not configured waits untouched, and is asked back once the carrier is configured again', async () => {
  const { charged } = await askedBack('simulator-express');
  const CARRIERS = JSON.stringify({ 'simulator-parcel': {} });
  const without = openCarrierDesk(config.parse({ ...rig.env, CARRIERS }), rig.desk().logger);
  onTestFinished(() => without.carriers.close());
  await ask(without);
  expect(await rows()).toMatchObject([{ state: 'requested', fence: 0, leaseUntil: null, sentAt: null }]);
  expect(await waits()).toEqual([{ late: true }]);
  expect(await rig.calls('void')).toEqual([]);
  await database().query('update messages set due_at = now()');
  await ask();
  expect(await rows()).toMatchObject([{ state: 'given', refund: charged }]);
  expect(await rig.calls('void')).toHaveLength(1);
});
