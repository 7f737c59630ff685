import { defineJob } from '@ge/contracts';
import { outgoing, SellerEntity, startOperation } from '@ge/database';
import { batchHandler, DatabaseRunner, dead, done, EffectRunner, effectHandler, type OnDead } from '@ge/runtime';
import { sellerRow, type TestDatabase, testDatabase } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { deliveryOf, readyMessage, runnerContext } from './fixtures/runnerContext.ts';

const serve = defineJob({
  name: 'serve',
  queue: 'test',
  payload: z.strictObject({}),
  options: { maxAttempts: 1 },
  why: 'A test job about a seller, which waits for it.',
});

let db: TestDatabase;

beforeEach(async () => {
  db = await testDatabase();
  await db.database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow('S-1', { name: 'waits' })]);
    await startOperation(tx, { kind: 'test', sellerId: null, now: new Date() }, [
      outgoing(serve, { payload: {}, sellerId: 'S-1' }),
    ]);
  });
});

afterEach(() => db.drop());

const free: OnDead = async (tx, messages) => {
  await tx.query(`update sellers set name = 'free' where id = any($1::text[])`, [
    messages.map(({ message }) => message.sellerId),
  ]);
  return messages.map(({ message }) =>
    outgoing(serve, { payload: {}, sellerId: 'S-2', operationId: message.operationId }),
  );
};

const databaseRunner = (way: 'verdict' | 'save', onDead: OnDead = free) =>
  new DatabaseRunner(
    runnerContext(db.database),
    batchHandler({
      contract: serve,
      load: async () => ({}),
      decide: () => (way === 'verdict' ? dead('not to be done') : done()),
      save: async (tx) => {
        if (way === 'save') await tx.query('select 1 / 0');
      },
      onDead,
    }),
  );

const effectRunner = (way: 'verdict' | 'save') =>
  new EffectRunner(
    runnerContext(db.database),
    effectHandler({
      contract: serve,
      callsInFlight: 1,
      claim: {
        load: async () => ({}),
        decide: () => ({ kind: 'call', intent: {}, beginBy: Number.POSITIVE_INFINITY }),
        save: async () => undefined,
      },
      call: async () => 'answer',
      settle: {
        load: async () => ({}),
        decide: () => (way === 'verdict' ? dead('not to be done') : done()),
        save: async (tx) => {
          if (way === 'save') await tx.query('select 1 / 0');
        },
      },
      onDead: free,
    }),
  );

const shown = async () => ({
  seller: (await db.database.query<{ name: string }>('select name from sellers'))[0]!.name,
  messages: (
    await db.database.query<{ shown: string }>(`select seller_id || ' ' || state as shown from messages order by id`)
  ).map((row) => row.shown),
  operation: (await db.database.query('select state, total, failed from operations'))[0],
});

const freed = {
  seller: 'free',
  messages: ['S-1 dead', 'S-2 ready'],
  operation: { state: 'open', total: 2, failed: 1 },
};

test.for([
  ['by its own verdict', () => databaseRunner('verdict'), 0],
  ['because its batch cannot be saved', () => databaseRunner('save'), 0],
  ['because processes died of it', () => databaseRunner('verdict'), 3],
  ['by the verdict on an answer', () => effectRunner('verdict'), 0],
  ['because an answer cannot be written', () => effectRunner('save'), 0],
] as const)('a message that ends dead %s frees its subject in the same transaction', async ([, runner, crashes]) => {
  const id = await readyMessage(db.database);
  await db.database.query('update messages set crashes = $1', [crashes]);
  const settlement = await runner().handle(await deliveryOf(db.database, id, crashes > 0));
  expect(settlement.kind).toBe('failed');
  expect(await shown()).toEqual(freed);
});

test('a message whose payload does not fit its contract frees its subject too', async () => {
  const id = await readyMessage(db.database);
  await db.database.query(`update messages set payload = '{"from":"a newer release"}'`);
  await databaseRunner('save').handle(await deliveryOf(db.database, id));
  expect(await shown()).toEqual(freed);
});

test.for([
  ['throws', async () => Promise.reject(new Error('a defect'))],
  ['breaks off its statement', async (tx: Parameters<OnDead>[0]) => tx.query('select 1 / 0').then(() => [])],
] as const)(
  'a hook that %s does not keep its message from being buried; what it wrote is taken back',
  async ([, fail]) => {
    const id = await readyMessage(db.database);
    const runner = databaseRunner('verdict', async (tx, messages, now) => {
      await free(tx, messages, now);
      return fail(tx);
    });
    expect((await runner.handle(await deliveryOf(db.database, id))).kind).toBe('failed');
    expect(await shown()).toEqual({
      seller: 'waits',
      messages: ['S-1 dead'],
      operation: { state: 'closed', total: 1, failed: 1 },
    });
  },
);
