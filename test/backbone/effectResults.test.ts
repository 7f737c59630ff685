import { setTimeout as wait } from 'node:timers/promises';
import { defineJob } from '@ge/contracts';
import { appendMessages, outgoing, SellerEntity, startOperation } from '@ge/database';
import { done, EffectRunner, effectHandler } from '@ge/runtime';
import { sellerRow, type TestDatabase, testDatabase } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { countingContext, deliveryOf, readyMessage, runnerContext } from './fixtures/runnerContext.ts';

const notify = defineJob({
  name: 'notify',
  queue: 'test',
  payload: z.strictObject({}),
  options: { maxAttempts: 2, backoff: { base: 1, max: 1 } },
  why: 'A test job: asks an outside party for the name of a seller and writes it down.',
});

let db: TestDatabase;

beforeEach(async () => {
  db = await testDatabase();
  await db.database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow('S-1')]);
    await startOperation(tx, { kind: 'test', sellerId: null, now: new Date() }, [
      outgoing(notify, { payload: {}, sellerId: 'S-1' }),
    ]);
  });
});

afterEach(() => db.drop());

/** Claims without a fence: what is proved here is the message's part alone. */
const runnerWith = (call: () => Promise<string>, context = runnerContext(db.database)) =>
  new EffectRunner(
    context,
    effectHandler({
      contract: notify,
      callsInFlight: 10,
      claim: {
        load: async () => ({}),
        decide: () => ({ kind: 'call', intent: {}, beginBy: Number.POSITIVE_INFINITY }),
        save: async () => undefined,
      },
      call,
      settle: {
        load: async (_tx, calls) => ({
          names: calls.map(({ result }) => (result.kind === 'answered' ? result.value : 'unknown')),
        }),
        decide: (called) =>
          done({
            followUps: [
              outgoing(notify, { payload: {}, sellerId: 'S-2', operationId: called.job.message.operationId }),
            ],
          }),
        save: async (tx, { names }) => {
          await tx.query(`update sellers set name = $1 where id = 'S-1'`, [names.join()]);
        },
      },
    }),
  );

const operation = async () =>
  (
    await db.database.query('select state, total, done, failed, closed_at is not null as ended from operations')
  )[0] as Record<string, unknown>;

test('an answer that comes after its message was given up is written down with what follows from it; the message stays as it is and counts once', async () => {
  const id = await readyMessage(db.database);
  await runnerWith(async () => {
    await db.database.query(`update messages set state = 'dead', gen = gen + 1 where id = $1`, [id]);
    await db.database.query(`update operations set failed = 1, state = 'closed', closed_at = now()`);
    return 'answered late';
  }).handle(await deliveryOf(db.database, id));
  expect(await db.database.query('select name from sellers')).toEqual([{ name: 'answered late' }]);
  expect(await db.database.query('select seller_id, state from messages order by id')).toEqual([
    { seller_id: 'S-1', state: 'dead' },
    { seller_id: 'S-2', state: 'ready' },
  ]);
  // Closed by its burial it is open again, since there is something to wait for.
  expect(await operation()).toEqual({ state: 'open', total: 2, done: 0, failed: 1, ended: false });
});

test('an answer that cannot be written costs its message an attempt and does not come back for ever', async () => {
  const id = await readyMessage(db.database);
  const { context, counted } = countingContext(db.database);
  const runner = runnerWith(async () => 'bad\u0000name', context);
  await runner.handle(await deliveryOf(db.database, id));
  expect(await db.database.query('select attempts, state from messages')).toEqual([{ attempts: 1, state: 'ready' }]);
  await db.database.query('update messages set due_at = null');
  expect((await runner.handle(await deliveryOf(db.database, id))).kind).toBe('failed');
  expect(await operation()).toEqual({ state: 'closed', total: 1, done: 0, failed: 1, ended: true });
  expect(await counted()).toEqual({ retry: 1, dead: 1 });
});

test('an answer whose writing had to be repeated is counted once', async () => {
  const { context, counted } = countingContext(db.database);
  const id = await readyMessage(db.database);
  // The first commit of the answer fails, and nothing but the sequence remembers it.
  await db.database.query('create sequence commits');
  await db.database.query(
    `create function lose() returns trigger language plpgsql as
     $$ begin if nextval('commits') = 1 then raise exception using errcode = '40001'; end if; return null; end $$`,
  );
  await db.database.query(
    `create constraint trigger lose after insert on message_log_rest deferrable initially deferred
     for each row execute function lose()`,
  );
  await runnerWith(async () => 'answered', context).handle(await deliveryOf(db.database, id));
  expect(await counted()).toEqual({ done: 1 });
});

test.for(['the service is told to stop', 'its time is up'])(
  'a call that waits for its turn when %s never leaves, and its message is told so',
  async (what) => {
    const stopping = new AbortController();
    const owed = Array(2).fill(outgoing(notify, { payload: {}, sellerId: 'S-1' }));
    await db.database.transaction((tx) => appendMessages(tx, owed));
    let called = 0;
    const told: string[] = [];
    const runner = new EffectRunner(
      { ...runnerContext(db.database), stopping: stopping.signal },
      effectHandler({
        contract: notify,
        callsInFlight: 1,
        claim: {
          load: async () => ({}),
          decide: () => ({
            kind: 'call',
            intent: {},
            beginBy: performance.now() + (what === 'its time is up' ? 200 : 5_000),
          }),
          save: async () => undefined,
        },
        call: async () => {
          called += 1;
          if (what !== 'its time is up') stopping.abort();
          await wait(500);
        },
        settle: {
          load: async () => ({}),
          decide: ({ result }) => {
            told.push(result.kind);
            return done();
          },
          save: async () => undefined,
        },
      }),
    );
    const ids = await db.database.query<{ id: string }>('select id from messages');
    const deliveries = await Promise.all(ids.map(({ id }) => deliveryOf(db.database, Number(id))));
    await Promise.all(deliveries.map((delivery) => runner.handle(delivery)));
    expect(called).toBe(1);
    expect(told.sort()).toEqual(['answered', 'not_begun', 'not_begun']);
  },
);
