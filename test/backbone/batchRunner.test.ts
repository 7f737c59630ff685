import { defineJob } from '@ge/contracts';
import { appendMessages, OperationEntity, SellerEntity, startOperation, type Transaction } from '@ge/database';
import { failingConnection, Sender } from '@ge/queue';
import { batchHandler, carryOn, done, RowSet, snooze } from '@ge/runtime';
import { eventually, startWorker, type TestDatabase, type TestWorker, testDatabase, testSpace } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

const bump = defineJob({
  name: 'bump',
  queue: 'test',
  payload: z.strictObject({
    sellerId: z.string(),
    by: z.int(),
    mode: z.enum(['ok', 'throw', 'poison', 'slices', 'snooze']).default('ok'),
  }),
  options: { maxAttempts: 2, backoff: { base: 1, max: 2 }, batchSize: 50 },
  why: 'A test job: adds to a number in the seller row.',
});

const handler = batchHandler({
  contract: bump,
  load: async (tx, jobs) => ({
    sellers: new RowSet(
      await tx.lock(SellerEntity, [...new Set(jobs.map((job) => job.payload.sellerId))]),
      (row) => row.id,
    ),
  }),
  decide: (job, state) => {
    const seller = state.sellers.get(job.payload.sellerId)!;
    const next = {
      ...seller,
      commandNo: seller.commandNo + job.payload.by,
      name: job.payload.mode === 'poison' ? 'bad\u0000byte' : seller.name,
    };
    if (job.payload.mode === 'snooze' && job.message.snoozes < 2) return snooze(1, 'not yet');
    state.sellers.put(next);
    if (job.payload.mode === 'throw') throw new Error('this job cannot be decided');
    const slice = (job.cursor as number | null) ?? 0;
    if (job.payload.mode === 'slices' && slice < 4) return carryOn(slice + 1, { progress: { counts: { slices: 1 } } });
    return done({ progress: { counts: { bumped: job.payload.by } } });
  },
  save: async (tx, state) => {
    await tx.update(SellerEntity, state.sellers.changed());
  },
});

let db: TestDatabase;
const space = testSpace();
let worker: TestWorker;
const redis = failingConnection(space);
const sender = new Sender(space, 'test', redis);

beforeAll(async () => {
  db = await testDatabase();
  worker = await startWorker([handler], { database: db.database, databaseUrl: db.url, space });
});

afterAll(async () => {
  await worker.stop();
  await sender.close();
  redis.disconnect();
  await db.drop();
});

const aSeller = (id: string) => ({
  id: id as never,
  marketplaceId: 'US',
  country: 'US' as never,
  name: id,
  email: 'seller@example.com',
  locale: 'en-US' as const,
  timeZone: 'America/New_York',
  generalAddressId: null,
});

const accept = (sellerId: string, jobs: readonly z.input<typeof bump.payload>[]) =>
  db.database.transaction((tx) =>
    startOperation(
      tx,
      { kind: 'bump', sellerId: sellerId as never, now: new Date() },
      jobs.map((payload) => ({ contract: bump, payload, sellerId })),
    ),
  );

/** Sends whatever is owed, as the relay would. */
async function pump(): Promise<void> {
  const rows = await db.database.query<{ id: string; gen: number; name: string; seller_id: string }>(
    `update messages set due_at = null where state = 'ready' and queue = 'test' returning id, gen, name, seller_id`,
  );
  await sender.send(rows.map((row) => ({ id: Number(row.id), gen: row.gen, name: row.name, sellerId: row.seller_id })));
}

const closed = (operationId: string) =>
  eventually('operation closed', async () => {
    await pump();
    const rows = await db.database.transaction((tx: Transaction) =>
      tx.select(OperationEntity, `where t.id = $1 and t.state = 'closed'`, [operationId]),
    );
    return rows[0];
  });

const numberOf = async (sellerId: string) =>
  Number(
    (await db.database.query<{ command_no: string }>('select command_no from sellers where id = $1', [sellerId]))[0]!
      .command_no,
  );

test('many jobs on one row in one batch all take effect, each once', async () => {
  await db.database.transaction((tx) => tx.insert(SellerEntity, [aSeller('one-row')]));
  const operation = await accept(
    'one-row',
    Array.from({ length: 300 }, (_, index) => ({ sellerId: 'one-row', by: index })),
  );
  const row = await closed(operation);
  expect(row).toMatchObject({ total: 300, done: 300, failed: 0, counts: { bumped: (299 * 300) / 2 } });
  expect(await numberOf('one-row')).toBe((299 * 300) / 2);
});

test('a job that throws in its decision leaves its neighbours and the row untouched, and ends dead with its reason', async () => {
  await db.database.transaction((tx) => tx.insert(SellerEntity, [aSeller('thrower')]));
  const operation = await accept('thrower', [
    { sellerId: 'thrower', by: 1 },
    { sellerId: 'thrower', by: 1000, mode: 'throw' },
    { sellerId: 'thrower', by: 2 },
  ]);
  expect(await closed(operation)).toMatchObject({ done: 2, failed: 1 });
  expect(await numberOf('thrower')).toBe(3);
  const dead = await db.database.query<{ last_error: string }>(
    `select last_error from messages where state = 'dead' and seller_id = 'thrower'`,
  );
  expect(dead).toEqual([{ last_error: 'Error: this job cannot be decided' }]);
});

test('a job whose data cannot be saved is split off: every other job of its batch is saved', async () => {
  await db.database.transaction((tx) => tx.insert(SellerEntity, [aSeller('poisoned'), aSeller('healthy')]));
  const operation = await accept('healthy', [
    ...Array.from({ length: 20 }, () => ({ sellerId: 'healthy', by: 1 })),
    { sellerId: 'poisoned', by: 1, mode: 'poison' as const },
    ...Array.from({ length: 20 }, () => ({ sellerId: 'healthy', by: 1 })),
  ]);
  expect(await closed(operation)).toMatchObject({ done: 40, failed: 1 });
  expect(await numberOf('healthy')).toBe(40);
  expect(await numberOf('poisoned')).toBe(0);
});

test('a payload that does not fit its contract is dead at once and names what is wrong', async () => {
  await db.database.query(
    `insert into messages (queue, name, seller_id, payload) values ('test', 'bump', 'stranger', '{"by": "x", "extra": 1}')`,
  );
  await pump();
  const dead = await eventually(
    'dead',
    async () =>
      (
        await db.database.query<{ last_error: string }>(
          `select last_error from messages where seller_id = 'stranger' and state = 'dead'`,
        )
      )[0],
  );
  expect(dead.last_error).toContain('/sellerId');
  expect(dead.last_error).toContain('/by');
});

test('every message delivered again and again takes effect once', async () => {
  await db.database.transaction((tx) => tx.insert(SellerEntity, [aSeller('twice')]));
  await db.database.transaction((tx) =>
    appendMessages(
      tx,
      Array.from({ length: 50 }, () => ({ contract: bump, payload: { sellerId: 'twice', by: 1 }, sellerId: 'twice' })),
    ),
  );
  const rows = await db.database.query<{ id: string; gen: number }>(
    `select id, gen from messages where seller_id = 'twice'`,
  );
  for (let round = 0; round < 3; round += 1) {
    await sender.send(rows.map((row) => ({ id: Number(row.id), gen: row.gen, name: 'bump', sellerId: 'twice' })));
    await eventually(
      'settled',
      async () => (await db.database.query(`select 1 from messages where seller_id = 'twice'`)).length === 0,
    );
  }
  expect(await numberOf('twice')).toBe(50);
});

test('a sliced job commits its cursor with each slice and counts once in its operation', async () => {
  await db.database.transaction((tx) => tx.insert(SellerEntity, [aSeller('sliced')]));
  const operation = await accept('sliced', [{ sellerId: 'sliced', by: 10, mode: 'slices' }]);
  expect(await closed(operation)).toMatchObject({ total: 1, done: 1, counts: { slices: 4, bumped: 10 } });
  expect(await numberOf('sliced')).toBe(50);
});

test('a snoozed job comes back later without being charged an attempt', async () => {
  await db.database.transaction((tx) => tx.insert(SellerEntity, [aSeller('snoozer')]));
  const operation = await accept('snoozer', [{ sellerId: 'snoozer', by: 1, mode: 'snooze' }]);
  await closed(operation);
  const log = await db.database.query<{ attempts: number; outcome: string }>(
    `select attempts, outcome from message_log where seller_id = 'snoozer'`,
  );
  expect(log).toEqual([{ attempts: 0, outcome: 'done' }]);
});
