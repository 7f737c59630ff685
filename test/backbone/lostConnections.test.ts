import { type Database, openDatabase, SellerEntity } from '@ge/database';
import { isPassing } from '@ge/runtime';
import { sellerRow, type TestDatabase, testDatabase } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cuttableRoad } from './fixtures/cuttableRoad.ts';

let db: TestDatabase;
let other: Database;
const places = 2;

beforeAll(async () => {
  db = await testDatabase(places);
  other = await openDatabase({ url: db.url, applicationName: 'ge-test-other', poolSize: 1 });
});

afterAll(async () => {
  await other.close();
  await db.drop();
});

/** A transaction whose connection the server ends, between two statements or during one. */
const losing = (during: boolean) =>
  db.database
    .transaction(async (tx) => {
      const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      const ended = other.query('select pg_terminate_backend($1, 5000)', [row!.pid]);
      if (!during) await ended;
      await tx.query('select pg_sleep(5)');
      await ended;
    })
    .then(
      () => null,
      (error: unknown) => error,
    );

test('a connection lost in a transaction costs no place in the pool: as many can be open afterwards as before', async () => {
  for (let round = 0; round <= places; round += 1) {
    for (const during of [false, true]) expect(isPassing(await losing(during))).toBe(true);
  }
  let open = 0;
  let allOpen = () => {};
  const together = new Promise<void>((resolve) => {
    allOpen = resolve;
  });
  await Promise.all(
    Array.from({ length: places }, () =>
      db.database.transaction(async () => {
        open += 1;
        if (open === places) allOpen();
        await together;
      }),
    ),
  );
  expect(open).toBe(places);
});

test('a connection on which the server falls silent is given up in time, and the next one is as good as any', async () => {
  const road = await cuttableRoad(db.url);
  const far = await openDatabase({ url: road.url, applicationName: 'ge-test-far', poolSize: 1, silenceMs: 1_000 });
  const lost = await far
    .transaction(async (tx) => {
      await tx.query('select 1');
      road.fallSilent();
      await tx.query('select 1');
    })
    .catch((error: unknown) => error);
  expect(isPassing(lost)).toBe(true);
  expect(await far.query('select 1 as answer')).toEqual([{ answer: 1 }]);
  await far.close();
  await road.cut();
});

test('a connection to a server that has become a standby is given up, so that the next one may reach the primary', async () => {
  const pause = `insert into pauses (queue, seller_id, reason) values ('*', '*', '')`;
  const backend = async () => (await other.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]!.pid;
  for (const write of [
    () => other.query(pause),
    () =>
      other.transaction(async (tx) => {
        await tx.query(pause);
      }),
  ]) {
    const before = await backend();
    await other.query('set default_transaction_read_only = on');
    expect(isPassing(await write().catch((error: unknown) => error))).toBe(true);
    expect(await backend()).not.toBe(before);
  }
});

test('what MikroORM was told in a transaction is written before it commits, and not at all when it fails', async () => {
  await db.database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow('S-1')]);
    const seller = await tx.em.findOneOrFail(SellerEntity, { id: 'S-1' as never });
    seller.name = 'renamed';
  });
  await db.database
    .transaction(async (tx) => {
      const seller = await tx.em.findOneOrFail(SellerEntity, { id: 'S-1' as never });
      seller.name = 'lost';
      await tx.em.flush();
      throw new Error('no');
    })
    .catch(() => undefined);
  expect(await db.database.query('select name from sellers')).toEqual([{ name: 'renamed' }]);
});
