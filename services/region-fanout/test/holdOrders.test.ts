import { OperationEntity, OrderEntity } from '@ge/database';
import { type CountryCode, shipByDate } from '@ge/domain';
import {
  deliverEverywhere,
  orderRow,
  startWorker,
  type TestDatabase,
  type TestWorker,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdOrders } from '../holdOrders.ts';
import {
  all,
  announce,
  now,
  openToBrazil,
  ordersOf,
  putLabel,
  putOrders,
  seller,
  statesOf,
  untouched,
} from './suspensionScene.ts';

let db: TestDatabase;
let running: { stop(): Promise<void> }[];

beforeEach(async () => {
  db = await testDatabase(12);
  running = [];
  await putOrders(db.database);
});

afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  await db.drop();
});

/** Two workers in two spaces that each get every job at the same time; their clock stands at `now`. */
async function twoWorkers(): Promise<() => Promise<void>> {
  const spaces = [testSpace(), testSpace()];
  const clock = { now: () => now };
  const workers: TestWorker[] = await Promise.all(
    spaces.map((space) => startWorker([holdOrders(7)], { database: db.database, databaseUrl: db.url, space, clock })),
  );
  running.push(...workers);
  return () => deliverEverywhere(db.database, spaces, 'region-fanout');
}

const countsOf = async (id: string) =>
  (await db.database.transaction((tx) => tx.find(OperationEntity, [id])))[0]!.counts;

test('a suspension holds every pending GE order to the destination, page by page, each once, and no other (R13)', async () => {
  const run = await twoWorkers();
  const operation = await announce(db.database, 1, 'active');
  await run();
  expect(await statesOf(db.database)).toEqual({ ...all('held'), ...untouched });
  expect(await countsOf(operation)).toEqual({ ordersHeld: openToBrazil.length, ordersReleased: 0 });
});

test('lifting it releases them with the handling time counted anew, and never an earlier ship-by date (R13)', async () => {
  const later = new Date('2026-03-20T03:59:59.999Z');
  await db.database.transaction((tx) =>
    tx.insert(OrderEntity, [orderRow(seller, 'Y-later', { destination: 'BR' as CountryCode, shipBy: later })]),
  );
  const run = await twoWorkers();
  await announce(db.database, 1, 'active');
  await run();
  const held = await ordersOf(db.database);
  const operation = await announce(db.database, 2, 'lifted');
  await run();
  const wednesday = shipByDate(now, 2, 'America/New_York');
  expect(wednesday).toEqual(new Date('2026-03-05T04:59:59.999Z'));
  expect(await ordersOf(db.database)).toEqual(
    held.map((row) => {
      if (row.state !== 'held') return row;
      return { ...row, state: 'pending', shipBy: row.id === 'Y-later' ? later : wednesday };
    }),
  );
  expect(await countsOf(operation)).toEqual({ ordersHeld: 0, ordersReleased: openToBrazil.length + 1 });
});

test('a label bought during the hold confirms its order at the release, a refused one does not (R18)', async () => {
  const run = await twoWorkers();
  await announce(db.database, 1, 'active');
  await run();
  await putLabel(db.database, 'O-03', 'purchased');
  await putLabel(db.database, 'O-13', 'refused');
  await announce(db.database, 2, 'lifted');
  await run();
  expect(await statesOf(db.database)).toEqual({ ...all('pending'), ...untouched, 'O-03': 'confirmed' });
  expect((await ordersOf(db.database)).find((row) => row.id === 'O-03')).toMatchObject({ confirmedAt: now });
});

test('a suspension lifted before it was carried out holds nothing', async () => {
  const before = await ordersOf(db.database);
  await announce(db.database, 1, 'active');
  await announce(db.database, 2, 'lifted');
  const run = await twoWorkers();
  await run();
  expect(await ordersOf(db.database)).toEqual(before);
});
