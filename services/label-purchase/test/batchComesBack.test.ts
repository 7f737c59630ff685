import { judgeCarrier, letCarrierGoOn } from '@ge/database';
import { askedOff, type CarrierStanding, stopByHand } from '@ge/domain';
import { eventually, startWorker } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buyLabel } from '../buyLabel.ts';
import { decidePayout } from '../decidePayout.ts';
import { batchDesk, countsOf, heavyCarrier, itemsOf, makeHeavy, putBatch } from './batches.ts';
import { type GatedDesk, gatedDesk } from './gatedDesk.ts';
import { type LabelRig, startLabelRig } from './labelRig.ts';

const parcels = 12;
const soonMs = 5_000;

let rig: LabelRig;
let gated: GatedDesk;
beforeEach(async () => {
  rig = await startLabelRig();
  gated = await gatedDesk(rig);
  await rig.start('relay');
  const { database, url: databaseUrl } = rig.db;
  const { ordering } = batchDesk({ ...rig, desk: () => gated }, { sliceItems: 5 });
  await startWorker([ordering, buyLabel(gated), decidePayout], { database, databaseUrl, space: rig.space });
});
afterEach(async () => {
  await rig.close();
  await gated.close();
});

const database = () => rig.db.database;

/** A batch that only that carrier takes, and that has waited for so long that what steps aside is asked for again in minutes only. */
async function batchThatHasWaited(change: (standing: CarrierStanding, at: Date) => CarrierStanding) {
  const orderIds = await rig.addOrders(parcels);
  await judgeCarrier(database(), heavyCarrier, (before, at) => ({ standing: change(before, at), result: null }));
  const offerlessSince = new Date(Date.now() - 600_000);
  const batch = await putBatch(database(), orderIds, { state: 'paused' }, { offerlessSince });
  await makeHeavy(database(), parcels);
  await database().query(`update label_batches set state = 'open'`);
  await database().query(`update messages set due_at = null where state = 'ready'`);
  await eventually('all have stepped aside', async () =>
    (await itemsOf(database(), batch)).every(({ item }) => item.askAgainAt !== null),
  );
  return batch;
}

const allAreBought = async (batch: Awaited<ReturnType<typeof batchThatHasWaited>>) => {
  await eventually('all are bought', async () => (await countsOf(database(), batch)).bought === parcels);
  expect((await rig.ledger()).totals).toMatchObject({ charges: parcels, doubleCharged: 0 });
};

const soon = (at: Date) => new Date(at.getTime() + soonMs);

test.each<[string, (standing: CarrierStanding, at: Date) => CarrierStanding]>([
  ['it is due to be tried', (standing, at) => ({ ...standing, breaker: 'open', openings: 1, retryAt: soon(at) })],
  ['it has had the pause that it asked for', (standing, at) => askedOff(standing, 'quote', soonMs, at)],
])('what has stepped aside for a carrier is asked for once %s, not minutes later', async (_, change) => {
  await allAreBought(await batchThatHasWaited(change));
});

test('what has stepped aside for a carrier that is stopped is asked for once people let it go on, not minutes later', async () => {
  const batch = await batchThatHasWaited((standing, at) => stopByHand(standing, 'prices wrong', at));
  await eventually('its message waits', async () => {
    const waits = await database().query(
      `select id from messages where name = 'order-batch-labels' and due_at > now() + interval '2 minutes'`,
    );
    return waits.length === 1;
  });
  const deed = { actor: 'key_1', role: 'admin', now: new Date(), reason: null } as const;
  await database().transaction((tx) => letCarrierGoOn({ tx, ...deed }, heavyCarrier));
  await allAreBought(batch);
});
