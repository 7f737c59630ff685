import { isDeepStrictEqual } from 'node:util';
import { judgeCarrier, letCarrierGoOn, seeCarrierStandings } from '@ge/database';
import { type BreakerState, type CarrierStanding, letGoOn, stopByHand } from '@ge/domain';
import { drained, eventually, startWorker, workOff } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buyLabel } from '../buyLabel.ts';
import { decidePayout } from '../decidePayout.ts';
import { resolveLabel } from '../resolveLabel.ts';
import { voidLabel } from '../voidLabel.ts';
import { type GatedDesk, gatedDesk } from './gatedDesk.ts';
import { type LabelRig, startLabelRig } from './labelRig.ts';

let rig: LabelRig;
const open: GatedDesk[] = [];

beforeEach(async () => {
  rig = await startLabelRig();
});

afterEach(async () => {
  await rig.close();
  for (const desk of open.splice(0)) await desk.close();
});

/** Relay, and workers as two processes have them: each with its own desk, and with what the carriers' settings say. */
async function twoDesks(own: Readonly<Record<string, unknown>>) {
  await rig.start('relay');
  const { database, url: databaseUrl } = rig.db;
  for (let no = 0; no < 2; no += 1) {
    const desk = await gatedDesk(rig, { horizonMs: 2_500, ...own });
    open.push(desk);
    const handlers = [buyLabel(desk), resolveLabel(desk), voidLabel(desk), decidePayout];
    await startWorker(handlers, { database, databaseUrl, space: rig.space });
  }
}

const times = (calls: readonly { readonly at: string }[]) => calls.map(({ at }) => Date.parse(at));

/** Every label bought, once, and no message spent an attempt or was given up. */
async function expectEachBoughtOnce(count: number): Promise<void> {
  await drained(rig.db.database);
  const states = (await rig.labels()).map(({ state }) => state);
  expect(states).toEqual(Array(count).fill('purchased'));
  expect((await rig.ledger()).totals).toMatchObject({ charges: count, doubleCharged: 0 });
  const dead = await rig.db.database.query(`select name, reason from message_log where outcome in ('dead', 'retry')`);
  expect(dead).toEqual([]);
}

const breakerOf = async (carrierId: string): Promise<BreakerState> => {
  const { standings } = await seeCarrierStandings(rig.db.database);
  return standings.find((standing) => standing.carrierId === carrierId)?.breaker ?? 'closed';
};

test('two processes together call a carrier no more often than its rate and burst allow, and buy all there is', async () => {
  const [rate, burst, count] = [30, 6, 80];
  await twoDesks({ rate, burst });
  await rig.request(await rig.addOrders(count));
  await expectEachBoughtOnce(count);
  const at = times(await rig.calls('buy'));
  // Nothing is called in vain.
  expect(at).toHaveLength(count);
  // What leaves in time may arrive a little closer together.
  const jitterMs = 250;
  for (const [first, from] of at.entries()) {
    for (const [last, to] of at.entries()) {
      if (last < first) continue;
      expect(last - first + 1).toBeLessThanOrEqual(burst + (rate * (to - from + jitterMs)) / 1_000);
    }
  }
  // And nobody is sent away for long.
  expect(at.at(-1)! - at[0]!).toBeLessThan(20 * ((count - burst) / rate) * 1_000);
});

test('after a 429 no process buys at that carrier before the time it named, and then not all of them at once', async () => {
  await twoDesks({});
  await rig.fail({ kind: 'rate_limited', retryAfterSeconds: 4 }, { carrier: 'express' });
  await rig.request(await rig.addOrders(1));
  const [refused] = await eventually('the 429', async () => {
    const calls = await rig.calls('buy');
    return calls.length > 0 && (await rig.labels())[0]!.state === 'requested' ? calls : null;
  });
  await rig.request(await rig.addOrders(5), { carrier: 'simulator-parcel' });
  await rig.request(await rig.addOrders(70));
  await expectEachBoughtOnce(76);
  const calls = await rig.calls('buy');
  const until = Date.parse(refused!.at) + 4_000;
  const express = times(calls.filter(({ carrier }) => carrier === 'express').slice(1));
  expect(express).toHaveLength(71);
  expect(Math.min(...express)).toBeGreaterThanOrEqual(until);
  expect(express.filter((at) => at < until + 200).length).toBeLessThanOrEqual(25);
  // The other carrier asked for nothing.
  expect(Math.max(...times(calls.filter(({ carrier }) => carrier === 'parcel')))).toBeLessThan(until);
});

test('a carrier that is down is left alone by all processes: purchases wait as requested, others buy elsewhere, and all end bought', async () => {
  await twoDesks({ failuresToPause: 4, pauseMs: 300 });
  await rig.fail({ kind: 'error_before' }, { carrier: 'express', times: 100_000 });
  await rig.fail({ kind: 'error_before' }, { carrier: 'express', operation: 'look_up', times: 100_000 });
  await rig.request(await rig.addOrders(4));
  await eventually('open', async () => (await breakerOf('simulator-express')) !== 'closed');
  // Within a moment both know.
  await eventually('known', () => open.every((desk) => desk.heldFor('simulator-express') !== null));
  const before = (await rig.calls('buy')).length;
  const waiting = await rig.request(await rig.addOrders(40));
  await rig.request(await rig.addOrders(5), { carrier: 'simulator-parcel' });

  const buysAtExpress = async () => (await rig.calls('buy')).filter(({ carrier }) => carrier === 'express');
  await eventually('several tries', async () => (await buysAtExpress()).length >= before + 3);
  const tries = (await buysAtExpress()).slice(before);
  const gaps = times(tries).map((at, no, all) => (no === 0 ? Number.POSITIVE_INFINITY : at - all[no - 1]!));
  // One at a time, with pauses that grow.
  for (const gap of gaps.slice(1)) expect(gap).toBeGreaterThanOrEqual(250);
  // One in each process may be about to try; a claim that finds it may not is given back at once.
  await eventually('the others wait as requested', async () => {
    const labels = new Map((await rig.labels()).map((label) => [label.id, label]));
    const waits = waiting.filter(({ id }) => labels.get(id)!.state === 'requested');
    return waits.length >= waiting.length - ((await buysAtExpress()).length - before) - 2;
  });
  expect(
    (await rig.labels()).filter(({ carrierId, state }) => carrierId.endsWith('parcel') && state === 'purchased'),
  ).toHaveLength(5);
  const questions = times(await rig.calls('look_up'));
  const asked = questions.at(-1)! - questions[0]!;
  expect(questions.length).toBeLessThanOrEqual(4 + 2 + (2 * (asked + 500)) / 1_000);

  await rig.mend();
  await expectEachBoughtOnce(49);
  expect(await breakerOf('simulator-express')).toBe('closed');
});

test('at a carrier stopped by hand no process buys, whatever it answers; what was sent is found out, and the rest is bought once it goes on', async () => {
  const desks = [await gatedDesk(rig, { horizonMs: 2_500 }), await gatedDesk(rig, { horizonMs: 2_500 })];
  open.push(...desks);
  const carrierId = 'simulator-express';
  const judge = (change: (standing: CarrierStanding, at: Date) => CarrierStanding) =>
    judgeCarrier(rig.db.database, carrierId, (before, at) => ({ standing: change(before, at), result: null }));
  const known = (isHeld: boolean) =>
    eventually('both know', () => desks.every((desk) => (desk.heldFor(carrierId) !== null) === isHeld));
  const run = (desk: GatedDesk) => workOff(rig.db.database, [buyLabel(desk), resolveLabel(desk), decidePayout]);

  await rig.fail({ kind: 'connection_lost_after' }, { carrier: 'express', operation: 'buy' });
  await rig.request(await rig.addOrders(1));
  const sent = run(desks[0]!);
  await eventually('the answer is lost', async () => (await rig.labels())[0]!.state === 'unknown');
  await judge((standing, at) => stopByHand(standing, 'prices wrong', at));
  await known(true);
  await sent;
  expect((await rig.labels())[0]!.state).toBe('purchased');
  expect((await rig.calls('buy')).length).toBe(1);

  await rig.request(await rig.addOrders(4));
  const bought = run(desks[1]!);
  const waiting = () => rig.db.database.query(`select last_error, attempts from messages where state = 'ready'`);
  const heldBack = Array(4).fill({ last_error: 'the carrier is stopped by hand', attempts: 0 });
  await eventually('they wait', async () =>
    isDeepStrictEqual(
      (await waiting()).map((row) => ({ ...row })),
      heldBack,
    ),
  );
  expect((await rig.calls('buy')).length).toBe(1);
  await judge(letGoOn);
  await known(false);
  await rig.db.database.query(`update messages set due_at = null where state = 'ready'`);
  await bought;
  await expectEachBoughtOnce(5);
});

test('purchases that were to wait for an hour, as their carrier had asked, are bought at once where people let it go on', async () => {
  await twoDesks({});
  await rig.fail({ kind: 'rate_limited', retryAfterSeconds: 3_600 }, { carrier: 'express' });
  await rig.request(await rig.addOrders(1));
  const { database } = rig.db;
  await eventually('the pause is known', () => open.every((desk) => desk.heldFor('simulator-express') !== null));
  await rig.request(await rig.addOrders(4));
  const waits = () =>
    database.query(
      `select id from messages where state = 'ready' and name = 'buy-label' and due_at > now() + interval '2 minutes'`,
    );
  await eventually('they wait', async () => (await waits()).length === 5);
  expect((await rig.calls('buy')).length).toBe(1);
  const deed = { actor: 'key_1', role: 'admin', now: new Date(), reason: 'they said so' } as const;
  await database.transaction((tx) => letCarrierGoOn({ tx, ...deed }, 'simulator-express'));
  await expectEachBoughtOnce(5);
});
