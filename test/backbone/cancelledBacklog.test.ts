import { defineJob } from '@ge/contracts';
import { outgoing, SellerEntity, startOperation } from '@ge/database';
import { batchHandler, DatabaseRunner, done, EffectRunner, effectHandler, type OnDead } from '@ge/runtime';
import { sellerRow, type TestDatabase, testDatabase } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { deliveryOf, readyMessage, runnerContext } from './fixtures/runnerContext.ts';

const serve = defineJob({
  name: 'serve',
  queue: 'test',
  payload: z.strictObject({}),
  cancel: 'yes',
  why: 'A test job about a seller, which waits for it.',
});

let db: TestDatabase;
let ran: string[];

beforeEach(async () => {
  db = await testDatabase();
  ran = [];
  await db.database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow('S-1', { name: 'waits' })]);
    await startOperation(tx, { kind: 'test', sellerId: null, now: new Date() }, [
      outgoing(serve, { payload: {}, sellerId: 'S-1' }),
    ]);
  });
  await db.database.query(`update messages set cancel_reason = 'too many'`);
});

afterEach(() => db.drop());

const rename =
  (name: string): OnDead =>
  async (tx, messages) => {
    ran.push(...messages.map(({ reason }) => reason));
    await tx.query(`update sellers set name = '${name}'`);
    return [];
  };

const databaseRunner = (hooks: { onDead?: OnDead; onCancelled?: OnDead }) =>
  new DatabaseRunner(
    runnerContext(db.database),
    batchHandler({
      contract: serve,
      load: async () => ({}),
      decide: () => {
        ran.push('decided');
        return done();
      },
      save: async () => undefined,
      ...hooks,
    }),
  );

const effectRunner = (
  hooks: { onDead?: OnDead; onCancelled?: OnDead },
  meanwhile = async (): Promise<unknown> => ran.push('called'),
) =>
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
      call: meanwhile,
      settle: { load: async () => ({}), decide: () => done(), save: async () => undefined },
      ...hooks,
    }),
  );

const shown = async () => ({
  seller: (await db.database.query<{ name: string }>('select name from sellers'))[0]!.name,
  messages: (await db.database.query('select id from messages')).length,
  operation: (await db.database.query('select state, total, failed, cancelled from operations'))[0],
  told: await db.database.query('select outcome, reason from message_log'),
});

const ended = (seller: string) => ({
  seller,
  messages: 0,
  operation: { state: 'closed', total: 1, failed: 0, cancelled: 1 },
  told: [{ outcome: 'cancel', reason: 'too many' }],
});

test.for([
  ['database', databaseRunner],
  ['effect', effectRunner],
] as const)(
  'a cancelled message of a %s job is not run: its subject is freed and it ends cancelled',
  async ([, run]) => {
    const id = await readyMessage(db.database);
    const settlement = await run({ onDead: rename('free') }).handle(await deliveryOf(db.database, id));
    expect(settlement.kind).toBe('settled');
    expect(await shown()).toEqual(ended('free'));
    expect(ran).toEqual(['too many']);
  },
);

test('a job may free what it cancels in another way than what is dead', async () => {
  const id = await readyMessage(db.database);
  const hooks = { onDead: rename('given up'), onCancelled: rename('dropped') };
  await databaseRunner(hooks).handle(await deliveryOf(db.database, id));
  expect(await shown()).toEqual(ended('dropped'));
});

test('a message that is cancelled while its call is under way ends by the answer', async () => {
  await db.database.query('update messages set cancel_reason = null');
  const id = await readyMessage(db.database);
  const runner = effectRunner({ onDead: rename('free') }, () =>
    db.database.query(`update messages set cancel_reason = 'late'`),
  );
  await runner.handle(await deliveryOf(db.database, id));
  expect(await shown()).toMatchObject({ seller: 'waits', messages: 0, operation: { state: 'closed', cancelled: 0 } });
});
