import { buyLabel, decidePayout, queueNames } from '@ge/contracts';
import {
  appendMessages,
  type LabelRow,
  OperationEntity,
  outgoing,
  SuspensionEntity,
  TrackingEventEntity,
} from '@ge/database';
import { readDocument } from '@ge/documents';
import type { DocumentId, LabelFormat, SuspensionId } from '@ge/domain';
import { deathsTried, drained, eventually, flushSpace, shipTo } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LabelRig, startLabelRig } from './labelRig.ts';
import { answersGoneWrong, seller } from './purchases.ts';

let rig: LabelRig;

beforeEach(async () => {
  rig = await startLabelRig();
});

afterEach(async () => {
  await rig.close();
});

async function bytesOf(id: DocumentId): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of readDocument(rig.db.database, id)) parts.push(part);
  return Buffer.concat(parts);
}

/** Promise 3, and all that belongs to a purchase. */
async function expectEachBoughtOnce(count: number): Promise<readonly LabelRow[]> {
  const [labels, orders, ledger] = await Promise.all([rig.labels(), rig.orders(), rig.ledger()]);
  expect(labels.map((label) => [label.state, label.reason])).toEqual(Array(count).fill(['purchased', null]));
  expect(ledger.totals).toMatchObject({ charges: count, doubleCharged: 0 });
  expect(labels.map((label) => [label.id, label.trackingId])).toEqual(
    ledger.charges.map((charge) => [charge.reference, charge.trackingId]).sort(),
  );
  expect(new Set(orders.map((order) => `${order.state} ${order.payout}`))).toEqual(new Set(['confirmed pending']));
  const documents = await rig.db.database.query<{ id: string }>('select id from documents order by id');
  expect(documents.map((row) => row.id)).toEqual(labels.map((label) => label.documentId).sort());
  return labels;
}

test.for([
  ['simulator-express', 'PDF', '%PDF-'],
  ['simulator-parcel', 'PNG', '\x89PNG'],
  ['simulator-express', 'ZPL203', '^XA'],
  ['simulator-parcel', 'ZPL300', '^XA'],
] as const)(
  '%s, %s: charged once, printed, order confirmed, payout after the first scan (R17, R18)',
  async ([carrier, format, magic]) => {
    const orderIds = await rig.addOrders(2);
    await rig.request(orderIds, { carrier, format: format satisfies LabelFormat });
    await rig.workOff();
    const [label] = await expectEachBoughtOnce(2);
    expect((await bytesOf(label!.documentId!)).subarray(0, magic.length).toString('latin1')).toBe(magic);
    expect(label).toMatchObject({ format, charge: { minor: label!.quoted.minor, currency: 'USD' }, leaseUntil: null });

    await rig.db.database.transaction(async (tx) => {
      const now = new Date();
      await tx.insert(TrackingEventEntity, [
        { labelId: label!.id, code: 'PickupDone', happenedAt: now, receivedAt: now },
      ]);
      const payload = { sellerId: seller, orderId: label!.orderId };
      await appendMessages(tx, [outgoing(decidePayout, { payload, sellerId: seller })]);
    });
    await rig.workOff();
    const payouts = (await rig.orders()).map((order) => [order.id === label!.orderId, order.payout]);
    expect(payouts.sort()).toEqual([
      [false, 'pending'],
      [true, 'released'],
    ]);
  },
);

test('whatever goes wrong with the answer: one charge for one intent, and every operation ends', async () => {
  const labels = [
    ...(await rig.request(await rig.addOrders(answersGoneWrong.length), { carrier: 'simulator-express' })),
    ...(await rig.request(await rig.addOrders(answersGoneWrong.length), { carrier: 'simulator-parcel' })),
  ];
  await Promise.all(
    labels.map((label, i) => rig.fail(answersGoneWrong[i % answersGoneWrong.length]!, { reference: label.id })),
  );
  // The first look-ups go wrong too.
  await rig.fail({ kind: 'error_before' }, { operation: 'look_up', times: 5 });
  await rig.workOff();
  await expectEachBoughtOnce(2 * answersGoneWrong.length);
  const open = await rig.db.database.transaction((tx) => tx.select(OperationEntity, `where t.state <> 'closed'`));
  expect(open).toEqual([]);
});

const deaths = ['effect.called', 'batch.saved', 'effect.claimed', 'effect.settled', 'batch.taken', 'batch.committed'];
test.for(deathsTried(deaths, 2))(
  'killed with SIGKILL at %s: another process finishes, and nothing is bought twice',
  async (failpoint) => {
    await rig.request(await rig.addOrders(20));
    await rig.start('relay');
    const victim = await rig.start('label-purchase', { GE_FAILPOINT: failpoint });
    await victim.ended;
    rig.running.splice(rig.running.indexOf(victim), 1);
    await rig.start('label-purchase');
    await drained(rig.db.database);
    await expectEachBoughtOnce(20);
  },
);

test('Redis losing everything in the middle of purchases loses none and repeats none', async () => {
  await rig.fail({ kind: 'latency', ms: 400 }, { times: 100 });
  await rig.request(await rig.addOrders(30));
  await Promise.all([rig.start('relay'), rig.start('label-purchase', { CALLS_IN_FLIGHT: '10' })]);
  await eventually('first charge', async () => (await rig.ledger()).totals.charges > 0);
  expect(await flushSpace(rig.space, queueNames)).toBeGreaterThan(0);
  await drained(rig.db.database);
  await expectEachBoughtOnce(30);
});

test('delivered twice, to two processes at once: bought once', async () => {
  const labels = await rig.request(await rig.addOrders(20));
  const again = labels.map((label) =>
    outgoing(buyLabel, { payload: { sellerId: seller, labelId: label.id }, sellerId: seller }),
  );
  await rig.db.database.transaction((tx) => appendMessages(tx, [...again, ...again]));
  await rig.fail({ kind: 'latency', ms: 200 }, { times: 100 });
  await Promise.all([rig.start('relay'), rig.start('label-purchase'), rig.start('label-purchase')]);
  await drained(rig.db.database);
  await expectEachBoughtOnce(20);
  expect((await rig.ledger()).totals.calls).toMatchObject({ buy: 20 });
});

test('a process that froze in the middle of its calls and comes back later finds its claims taken over', async () => {
  await rig.fail({ kind: 'latency', ms: 300 }, { times: 100 });
  await rig.request(await rig.addOrders(10));
  await rig.start('relay');
  const frozen = await rig.start('label-purchase');
  await eventually('calls under way', async () => ((await rig.ledger()).totals.calls.buy ?? 0) === 10);
  frozen.process.kill('SIGSTOP');
  await rig.start('label-purchase');
  await eventually('taken over', async () => (await rig.labels()).every((label) => label.state === 'purchased'));
  frozen.process.kill('SIGCONT');
  await drained(rig.db.database);
  await expectEachBoughtOnce(10);
});

test('a destination suspended after the request is not bought for; nothing is charged (R13)', async () => {
  await rig.request(await rig.addOrders(1));
  await rig.db.database.transaction((tx) =>
    tx.insert(SuspensionEntity, [
      {
        id: 'sus_1' as SuspensionId,
        destination: 'DE',
        state: 'active',
        reason: 'carrier stop',
        version: 1,
        suspendedAt: new Date(),
        liftedAt: null,
      },
    ]),
  );
  await rig.workOff();
  expect(await rig.labels()).toMatchObject([{ state: 'refused', reason: 'destination_suspended', charge: null }]);
  expect((await rig.ledger()).totals.charges).toBe(0);
});

test('neither messages nor logs hold the buyer’s address, and the request itself is not stored', async () => {
  await rig.fail({ kind: 'connection_lost_after' });
  await rig.request(await rig.addOrders(1));
  const services = await Promise.all([rig.start('relay'), rig.start('label-purchase', { LOG_LEVEL: 'trace' })]);
  await eventually('an unknown outcome', async () => (await rig.labels())[0]!.state === 'unknown');
  const messages = await rig.db.database.query('select * from messages');
  await drained(rig.db.database);
  const written = JSON.stringify([messages, await rig.labels(), services.map((service) => service.log)]);
  expect(written).toContain('what became of a purchase is unknown');
  for (const secret of [shipTo.name, shipTo.line1, shipTo.postalCode]) expect(written).not.toContain(secret);
});
