import { cancelBacklog, setPause } from '@ge/database';
import { eventually } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LabelRig, startLabelRig } from './labelRig.ts';
import { seller } from './purchases.ts';

let rig: LabelRig;
beforeEach(async () => {
  rig = await startLabelRig();
});
afterEach(async () => {
  await rig.close();
});

const cancel = (dryRun = false) =>
  rig.db.database.transaction((tx) =>
    cancelBacklog(tx, { sellerId: seller, queues: ['label-purchase'], reason: 'wrong prices', dryRun }),
  );
const shown = async () => (await rig.labels()).map((label) => `${label.state} ${label.reason}`).sort();

test('cancelled purchases of a paused seller end refused without a charge; their payouts are decided when the pause ends', async () => {
  await rig.db.database.transaction((tx) =>
    setPause(tx, { queue: '*', sellerId: seller, reason: 'under review', now: new Date() }),
  );
  await rig.request(await rig.addOrders(3));
  const wanted = { queue: 'label-purchase', name: 'buy-label', cancelled: 3, kept: {} };
  expect((await cancel(true)).jobs).toEqual([wanted]);
  expect((await cancel(true)).jobs).toEqual([wanted]);
  expect(await cancel()).toEqual({ jobs: [wanted], isMore: false });
  expect((await cancel()).jobs).toEqual([]);
  await Promise.all([rig.start('relay'), rig.start('label-purchase')]);
  await eventually('all refused', async () => (await shown()).every((label) => label === 'refused given_up'));
  expect((await rig.ledger()).totals.charges).toBe(0);
  const owed = await rig.db.database.query('select distinct name from messages');
  expect(owed).toEqual([{ name: 'decide-payout' }]);
});

test('what left for the carrier is not cancelled: its outcome is looked up, and it is charged once', async () => {
  await rig.request(await rig.addOrders(2));
  const [sent] = await rig.labels();
  // As a process left it that was killed between sending and the answer.
  await rig.db.database.query(
    `update label_purchases set state = 'sent', fence = 1, sent_at = now(), lease_until = now(), request_hash = 'x' where id = $1`,
    [sent!.id],
  );
  const { jobs } = await cancel();
  expect(jobs).toEqual([{ queue: 'label-purchase', name: 'buy-label', cancelled: 1, kept: { sent: 1 } }]);
  await rig.workOff();
  const labels = await rig.labels();
  expect(labels.filter(({ id }) => id !== sent!.id).map(({ state }) => state)).toEqual(['refused']);
  expect(labels.find(({ id }) => id === sent!.id)).not.toMatchObject({ state: 'refused', reason: 'given_up' });
  expect((await rig.ledger()).totals.doubleCharged).toBe(0);
});

test('payouts, look-ups and voids of the seller go on', async () => {
  for (const name of ['decide-payout', 'resolve-label', 'void-label'])
    await rig.db.database.query(
      `insert into messages (queue, name, seller_id, payload, due_at) values ('label-purchase', $1, $2, '{}', now() + interval '1 day')`,
      [name, seller],
    );
  expect((await cancel()).jobs).toEqual(
    ['decide-payout', 'resolve-label', 'void-label'].map((name) => ({
      queue: 'label-purchase',
      name,
      cancelled: 0,
      kept: { always_carried_out: 1 },
    })),
  );
  expect(await rig.db.database.query('select id from messages where cancel_reason is not null')).toEqual([]);
});

test('what somebody is running at this moment is left to them, and the answer says so', async () => {
  await rig.request(await rig.addOrders(2));
  await rig.db.database.transaction(async (tx) => {
    await tx.query('select id from messages order by id limit 1 for update');
    expect((await cancel()).jobs).toEqual([
      { queue: 'label-purchase', name: 'buy-label', cancelled: 1, kept: { running: 1 } },
    ]);
  });
});
