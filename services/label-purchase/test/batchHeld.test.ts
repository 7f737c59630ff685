import type { FaultEffect } from '@ge/carrier-simulator';
import { type LabelBatchRow, QuoteEntity } from '@ge/database';
import { type CarrierStanding, letGoOn, type QuoteId, stopByHand } from '@ge/domain';
import type { Clock } from '@ge/runtime';
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
  steer,
  tickingClock,
} from './batches.ts';
import { type GatedDesk, gatedDesk, judgeUntilKnown } from './gatedDesk.ts';
import { type LabelRig, startLabelRig } from './labelRig.ts';

let rig: LabelRig;
let gated: GatedDesk;
let clock: Clock;
beforeEach(async () => {
  clock = tickingClock();
  rig = await startLabelRig();
  gated = await gatedDesk(rig);
});
afterEach(async () => {
  await gated.close();
  await rig.close();
});

const database = () => rig.db.database;
const order = () => batchDesk({ ...rig, desk: () => gated }, smallSteps, clock).order();
const buy = () => batchDesk({ ...rig, desk: () => gated }).buy();

/** Changes the standing of the carrier, and waits until the desk knows. */
const judge = (change: (standing: CarrierStanding, at: Date) => CarrierStanding, isHeld: boolean) =>
  judgeUntilKnown(rig, gated, heavyCarrier, change, isHeld);
const stop = () => judge((standing, at) => stopByHand(standing, 'prices wrong', at), true);

/** So many times: asks for as many labels as may wait to be sent, and buys them. */
async function askAndBuy(times: number) {
  for (let no = 0; no < times; no += 1) {
    await order().catch(isEnoughAhead);
    await buy();
  }
}

/** A batch whose first parcels only one carrier takes, as many of them asked for as may wait to be sent. */
async function batchHalfAsked(heavy: number, all: number) {
  const batch = await putBatch(database(), await rig.addOrders(all));
  await makeHeavy(database(), heavy);
  await expect(order()).rejects.toThrow('still owed');
  expect(await countsOf(database(), batch)).toMatchObject({ under_way: smallSteps.itemsAhead, waiting: all - 10 });
  return batch;
}

/** Has the first items of a batch name an offer of that carrier, as if its seller had seen quotes for them. */
async function nameOffersOfExpress(batch: LabelBatchRow, items: number) {
  const [like] = await rig.request(await rig.addOrders(1));
  await database().query(`delete from messages where name = 'buy-label'`);
  const { offerToken, carrierId, serviceId, quoted: rate, format, quotedUntil } = like!;
  const offer = { offerToken, carrierId, serviceId, rate, benefits: { included: [] }, labelFormats: [format] };
  const offers = [{ ...offer, latestDelivery: like!.declaration.shipDate, validUntil: quotedUntil!.toISOString() }];
  const named = (await itemsOf(database(), batch)).slice(0, items);
  await database().transaction(async (tx) => {
    const quotes = named.map(({ item: { orderId, itemNo, parcel } }) => {
      const shipDate = like!.declaration.shipDate;
      const about = {
        orderId,
        sellerId: batch.sellerId,
        parcelNo: 1,
        parcel: parcel!,
        shipDate,
        createdAt: new Date(),
      };
      return { ...about, id: `quo_${itemNo}` as QuoteId, offers };
    });
    await tx.insert(QuoteEntity, quotes);
    await tx.query(
      `update label_batch_items set offer_token = 'quo_' || item_no || '.1', choose = null where item_no < $1`,
      [items],
    );
  });
}

test('a carrier that is stopped in the middle of a batch holds back its own parcels only: those of another are bought to the last, and its own once it goes on', async () => {
  const batch = await batchHalfAsked(20, 45);
  await stop();
  await database().query(`update messages set due_at = null where state = 'ready'`);
  await rig.start('relay');
  const carriers = { [heavyCarrier]: { horizonMs: 2_500 }, 'simulator-parcel': { horizonMs: 2_500 } };
  const own = { BATCH_SLICE_ITEMS: '5', BATCH_ITEMS_AHEAD: '10', CARRIERS: JSON.stringify(carriers) };
  await rig.start('label-purchase', own);
  await eventually('the other carrier’s are bought', async () => (await countsOf(database(), batch)).bought === 25);
  expect(await countsOf(database(), batch)).toMatchObject({ bought: 25, under_way: 10, waiting: 10 });
  expect((await rig.calls('buy')).filter(({ carrier }) => carrier === 'express')).toEqual([]);

  await judge(letGoOn, false);
  await eventually('all are bought', async () => {
    // What waits is woken rather than waited for.
    await steer(database(), batch, 'open');
    return (await countsOf(database(), batch)).bought === 45;
  });
  const { totals } = await rig.ledger();
  expect(totals).toMatchObject({ charges: 45, doubleCharged: 0 });
});

test('a batch that is cancelled while a carrier is stopped ends at once: what waits to be sent there, too', async () => {
  const batch = await batchHalfAsked(20, 30);
  await stop();
  await steer(database(), batch, 'cancelled');
  await order();
  await buy();
  expect(await countsOf(database(), batch)).toMatchObject({ cancelled: 30, under_way: 0, waiting: 0 });
  expect((await rig.ledger()).totals.charges).toBe(0);
});

test('while a batch is paused neither a stopped carrier nor one that goes on again gets anything of it', async () => {
  const batch = await batchHalfAsked(20, 30);
  await stop();
  await steer(database(), batch, 'paused');
  await buy();
  await judge(letGoOn, false);
  await buy();
  await order();
  expect((await rig.ledger()).totals.charges).toBe(0);
  expect(await countsOf(database(), batch)).toMatchObject({ under_way: 10, waiting: 20 });
});

test('items that name offers of a stopped carrier wait unasked, however many: those of another go on, and these follow once it goes on', async () => {
  const orderIds = await rig.addOrders(45);
  const batch = await putBatch(database(), orderIds);
  await nameOffersOfExpress(batch, 30);
  await stop();
  await askAndBuy(2);
  expect(await countsOf(database(), batch)).toMatchObject({ bought: 15, under_way: 0, waiting: 30 });
  await judge(letGoOn, false);
  await steer(database(), batch, 'open');
  await askAndBuy(3);
  expect(await countsOf(database(), batch)).toMatchObject({ bought: 45 });
  expect((await rig.ledger()).totals).toMatchObject({ charges: 45, doubleCharged: 0 });
});

test('items that name offers of a carrier that is due to be tried are asked for: it may be that nobody else tries it', async () => {
  const batch = await putBatch(database(), await rig.addOrders(10));
  await nameOffersOfExpress(batch, 10);
  await judge((standing, at) => ({ ...standing, breaker: 'open', retryAt: at }), false);
  await order();
  expect(await countsOf(database(), batch)).toMatchObject({ under_way: 10 });
  await eventually('the try is answered, and all are bought', async () => {
    await buy().catch(isEnoughAhead);
    return (await countsOf(database(), batch)).bought === 10;
  });
  expect((await rig.ledger()).totals).toMatchObject({ charges: 10, doubleCharged: 0 });
});

const retryAfterSeconds = 600;

test.each<[string, FaultEffect]>([
  ['wants fewer calls (429)', { kind: 'rate_limited', retryAfterSeconds }],
  ['is not available (503)', { kind: 'error_before', retryAfterSeconds }],
])(
  'a carrier that %s and names a long time holds back its own parcels only, and is not called before',
  async (_, effect) => {
    const batch = await batchHalfAsked(20, 45);
    await rig.fail(effect, { carrier: 'express', times: 1_000 });
    // A process that has not run for a while takes nothing for heard: on a busy machine it may be told more than once.
    await eventually('it knows what the carrier wants', async () => {
      await buy().catch(isEnoughAhead);
      return gated.heldFor(heavyCarrier)?.reason === 'asked';
    });
    const callsAtExpress = async () => (await rig.calls('buy')).filter(({ carrier }) => carrier === 'express').length;
    const before = await callsAtExpress();
    expect(before).toBeGreaterThan(0);
    await askAndBuy(4);
    expect(await countsOf(database(), batch)).toMatchObject({ bought: 25, under_way: 10, waiting: 10 });
    expect(await callsAtExpress()).toBe(before);
  },
);
