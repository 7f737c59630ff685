import { LedgerTransferEntity } from '@ge/database';
import { readDocument } from '@ge/documents';
import type { DocumentId } from '@ge/domain';
import { runOwed } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { voidLabel } from '../voidLabel.ts';
import { batchDesk, countsOf, putBatch } from './batches.ts';
import { askToVoid, type LabelRig, startLabelRig } from './labelRig.ts';
import { answersGoneWrong } from './purchases.ts';

let rig: LabelRig;

beforeEach(async () => {
  rig = await startLabelRig();
});

afterEach(async () => {
  await rig.close();
});

const shipmentOf = ({ offerToken }: { readonly offerToken: string }): string => offerToken.split('.')[0]!;

async function textOf(id: DocumentId): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of readDocument(rig.db.database, id)) parts.push(part);
  return Buffer.concat(parts).toString('latin1');
}

const booked = async () => {
  const rows = await rig.db.database.transaction((tx) => tx.select(LedgerTransferEntity, 'order by t.booked_at'));
  return rows.map(({ kind, minor }) => [kind, minor]);
};

test('through EasyPost, whatever goes wrong with the answer: one charge for one intent, and the label it sold', async () => {
  const labels = await rig.request(await rig.addOrders(answersGoneWrong.length), { carrier: 'easypost' });
  await Promise.all(labels.map((label, i) => rig.fail(answersGoneWrong[i]!, { reference: shipmentOf(label) })));
  // Look-ups fail too, or answer without the label.
  await rig.fail({ kind: 'error_before' }, { operation: 'look_up', times: 3 });
  await rig.fail({ kind: 'label_damaged' }, { operation: 'look_up', times: 3 });
  await rig.workOff();

  const [bought, ledger] = await Promise.all([rig.labels(), rig.ledger()]);
  expect(bought.map(({ state, reason }) => [state, reason])).toEqual(answersGoneWrong.map(() => ['purchased', null]));
  expect(ledger.totals).toMatchObject({ charges: answersGoneWrong.length, doubleCharged: 0 });
  expect(ledger.charges.map(({ carrier, reference, trackingId }) => [carrier, reference, trackingId]).sort()).toEqual(
    bought.map((label) => ['easypost', shipmentOf(label), label.trackingId]).sort(),
  );
  for (const { documentId, trackingId, charge, quoted } of bought) {
    // What EasyPost's carrier printed, never a label made here.
    const text = await textOf(documentId!);
    expect(text).toContain(trackingId);
    expect(text).toContain('SIM EASYPOST');
    expect(charge).toEqual(quoted);
  }
});

test('a refund that is pending leaves the label voiding and books nothing, until the charge was given back', async () => {
  await rig.request(await rig.addOrders(1), { carrier: 'easypost' });
  await rig.workOff();
  const [label] = await rig.labels();
  await askToVoid(rig);
  await runOwed(rig.db.database, voidLabel(rig.desk()), true);
  const [asked] = await rig.labels();
  expect(asked).toMatchObject({ state: 'voiding', lookUps: 0, leaseUntil: null });
  expect(await booked()).toEqual([['label_charge', label!.charge!.minor]]);
  const later = `select due_at > now() + interval '5 hours' as later from messages where name = 'void-label'`;
  expect(await rig.db.database.query(later)).toEqual([{ later: true }]);

  await rig.db.database.query(`update messages set due_at = now() where name = 'void-label'`);
  await runOwed(rig.db.database, voidLabel(rig.desk()), true);
  expect((await rig.labels())[0]).toMatchObject({ state: 'voided' });
  expect(await booked()).toEqual([
    ['label_charge', label!.charge!.minor],
    ['label_refund', label!.charge!.minor],
  ]);
});

test('an offer of EasyPost that ended is quoted again: another shipment is bought, and the first never', async () => {
  const [asked] = await rig.request(await rig.addOrders(1), { carrier: 'easypost' });
  const desk = batchDesk(rig, undefined, { now: () => new Date(Date.now() + 11 * 60_000) });
  await desk.buy();
  await desk.quoteAgain();
  await desk.buy();
  const [label] = await rig.labels();
  expect(label).toMatchObject({ state: 'purchased', charge: asked!.quoted });
  expect(shipmentOf(label!)).not.toBe(shipmentOf(asked!));
  const { charges } = await rig.ledger();
  // As people find it at EasyPost.
  expect(charges.map(({ reference, trackingId }) => [reference, trackingId])).toEqual([
    [`${label!.orderId}/1`, label!.trackingId],
  ]);
});

test('a batch quotes and buys through EasyPost: each of its parcels is a shipment of its own', async () => {
  const batch = await putBatch(rig.db.database, await rig.addOrders(3));
  const all = rig.desk();
  const only = { ...all.carriers, carriers: [all.carriers.carrierById('easypost')!] };
  const desk = batchDesk({ ...rig, desk: () => ({ ...all, carriers: only }) });
  await desk.order();
  await desk.buy();
  expect(await countsOf(rig.db.database, batch)).toMatchObject({ bought: 3 });
  const labels = await rig.labels();
  expect(labels.map(({ carrierId, state }) => [carrierId, state])).toEqual(Array(3).fill(['easypost', 'purchased']));
  expect(new Set(labels.map(shipmentOf)).size).toBe(3);
  expect((await rig.ledger()).totals).toMatchObject({ charges: 3, doubleCharged: 0 });
});
