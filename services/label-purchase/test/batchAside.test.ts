import type { LabelBatchRow } from '@ge/database';
import { type CarrierStanding, stopByHand } from '@ge/domain';
import { eventually } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  batchDesk,
  countsOf,
  heavyCarrier,
  isEnoughAhead,
  itemsOf,
  makeHeavy,
  putBatch,
  smallSteps,
} from './batches.ts';
import { type GatedDesk, gatedDesk, judgeUntilKnown } from './gatedDesk.ts';
import { type LabelRig, startLabelRig } from './labelRig.ts';

let rig: LabelRig;
let gated: GatedDesk;
beforeEach(async () => {
  rig = await startLabelRig();
  gated = await gatedDesk(rig);
});
afterEach(async () => {
  await gated.close();
  await rig.close();
});

const database = () => rig.db.database;
const desk = () => batchDesk({ ...rig, desk: () => gated }, smallSteps);

/** Changes the standing of the carrier, and waits until the desk knows. */
const judge = (change: (standing: CarrierStanding, at: Date) => CarrierStanding, isHeld: boolean) =>
  judgeUntilKnown(rig, gated, heavyCarrier, change, isHeld);

/** The carrier was down, and is due to be tried by the next who asks it anything. */
const dueToBeTried = () => judge((standing, at) => ({ ...standing, breaker: 'open', retryAt: at }), false);

/** As if what waits of every batch had waited in vain for two days. */
const haveWaitedInVain = () =>
  database().query(
    `update label_batch_items set offerless_since = now() - interval '2 days', ask_again_at = now() where state = 'waiting'`,
  );

/** Asks and buys until all labels of a batch are bought, and none of it is refused meanwhile, however often it waited in vain. */
const buyAll = (batch: LabelBatchRow, items: number) =>
  eventually('all are bought', async () => {
    // Woken rather than waited for.
    await haveWaitedInVain();
    await database().query(`update messages set due_at = null where state = 'ready'`);
    await desk().order().catch(isEnoughAhead);
    await desk().buy().catch(isEnoughAhead);
    const counts = await countsOf(database(), batch);
    expect(counts.refused).toBe(0);
    return counts.bought === items;
  });

test('what has waited longer than its time is not refused while the try is under way that finds its carrier back', async () => {
  const batch = await putBatch(database(), await rig.addOrders(10));
  await makeHeavy(database(), 10);
  await dueToBeTried();
  await buyAll(batch, 10);
});

test('what has waited longer than its time is not refused where its carrier offers again and has as many labels to be sent as may wait', async () => {
  const batch = await putBatch(database(), await rig.addOrders(30));
  await makeHeavy(database(), 30);
  await expect(desk().order()).rejects.toThrow('still owed');
  expect(await countsOf(database(), batch)).toMatchObject({ under_way: 10, waiting: 20 });
  await haveWaitedInVain();
  await dueToBeTried();
  await desk().order().catch(isEnoughAhead);
  expect(await countsOf(database(), batch)).toMatchObject({ refused: 0, under_way: 10, waiting: 20 });
  await buyAll(batch, 30);
});

test('what steps aside says for which carriers: those that gave no answer, not those that cannot take it', async () => {
  const batch = await putBatch(database(), await rig.addOrders(3));
  await makeHeavy(database(), 2);
  await judge((standing, at) => stopByHand(standing, 'prices wrong', at), true);
  await desk().order().catch(isEnoughAhead);
  const items = await itemsOf(database(), batch);
  expect(items.map(({ item }) => item.awaitedCarriers)).toEqual([[heavyCarrier], [heavyCarrier], []]);
});
