import type { LabelRow } from '@ge/database';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { batchDesk, countsOf, putBatch, steer } from './batches.ts';
import { gatedDesk } from './gatedDesk.ts';
import { type LabelRig, startLabelRig } from './labelRig.ts';

let rig: LabelRig;
beforeEach(async () => {
  rig = await startLabelRig();
});
afterEach(async () => {
  await rig.close();
});

/** The programme's time, eleven minutes after offers were made that live for ten. */
const later = { now: () => new Date(Date.now() + 11 * 60_000) };
const lateDesk = () => batchDesk(rig, undefined, later);

/** A label whose service became dearer by so many cents since it was asked for. */
async function dearerBy(cents: number, priceTolerance: LabelRow['priceTolerance'] = null) {
  const [label] = await rig.request(await rig.addOrders(1));
  await rig.db.database.query(
    `update label_purchases set quoted = jsonb_set(quoted, '{minor}', to_jsonb((quoted->>'minor')::int - $1::int)), price_tolerance = $2::jsonb`,
    [cents, JSON.stringify(priceTolerance)],
  );
  return label!.quoted;
}

async function buyLate() {
  const desk = lateDesk();
  await desk.buy();
  await desk.quoteAgain();
  await desk.buy();
  return (await rig.labels())[0]!;
}

test('an offer that ended is quoted again and bought at the same price, by the new offer', async () => {
  const price = await dearerBy(0);
  const [before] = await rig.labels();
  const label = await buyLate();
  expect(label).toMatchObject({ state: 'purchased', quoted: price, requoted: price, charge: price });
  expect(label.offerToken).not.toBe(before!.offerToken);
  const { totals } = await rig.ledger();
  expect(totals).toMatchObject({ charges: 1 });
  expect(totals.calls).toMatchObject({ buy: 1 });
});

test('one that became dearer ends refused with both prices, and is never sent', async () => {
  const price = await dearerBy(1);
  const label = await buyLate();
  expect(label).toMatchObject({
    state: 'refused',
    reason: 'price_not_tolerated',
    quoted: { minor: price.minor - 1 },
    requoted: price,
    charge: null,
    requestHash: null,
  });
  expect((await rig.ledger()).totals.calls.buy ?? 0).toBe(0);
});

test('one that became dearer within the tolerance of its seller is bought', async () => {
  const price = await dearerBy(100, { percent: null, minor: 100 });
  expect(await buyLate()).toMatchObject({ state: 'purchased', requoted: price, charge: price });
});

test('what was sent before is not quoted again: the same body goes out, and the carrier decides', async () => {
  await dearerBy(0);
  await rig.fail({ kind: 'rate_limited', retryAfterSeconds: 1 });
  await batchDesk(rig).buy();
  const label = await buyLate();
  expect(label).toMatchObject({ state: 'purchased', requoted: null });
});

test('a carrier that makes no offers is asked again; the label stays asked for', async () => {
  await dearerBy(0);
  await rig.fail({ kind: 'error_before' }, { operation: 'quote', times: 2 });
  expect(await buyLate()).toMatchObject({ state: 'purchased' });
});

test('a carrier that is known to be down and not called at all keeps the label asked for', async () => {
  await dearerBy(0);
  const down = { carrier: 'express', operation: 'quote', times: 10_000 };
  await rig.fail({ kind: 'error_before' }, down);
  const gated = await gatedDesk(rig, { failuresToPause: 1, pauseMs: 600_000 });
  const desk = batchDesk({ ...rig, desk: () => gated }, undefined, later);
  await desk.buy();
  await expect(desk.quoteAgain()).rejects.toThrow('still owed');
  await gated.close();
  expect((await rig.labels())[0]).toMatchObject({ state: 'requested', reason: null });
});

test('labels of a batch that was paused until their offers ended are quoted again when it goes on', async () => {
  const { database } = rig.db;
  const batch = await putBatch(database, await rig.addOrders(5));
  await batchDesk(rig).order();
  await steer(database, batch, 'paused');
  await lateDesk().buy();
  expect(await countsOf(database, batch)).toMatchObject({ under_way: 5 });
  await steer(database, batch, 'open');
  await buyLate();
  expect(await countsOf(database, batch)).toMatchObject({ bought: 5 });
  expect((await rig.ledger()).totals).toMatchObject({ charges: 5, doubleCharged: 0 });
  expect((await rig.labels()).every(({ requoted }) => requoted !== null)).toBe(true);
});
