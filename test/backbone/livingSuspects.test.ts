import { defineJob } from '@ge/contracts';
import { outgoing, startOperation } from '@ge/database';
import { batchHandler, carryOn, DatabaseRunner, done, EffectRunner, effectHandler } from '@ge/runtime';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { deliveryOf, readyMessage, runnerContext } from './fixtures/runnerContext.ts';

const suspected = defineJob({
  name: 'suspected',
  queue: 'test',
  payload: z.strictObject({}),
  cursor: z.int(),
  why: 'A test job that was in the hands of processes that vanished, though not because of it.',
});

let db: TestDatabase;

beforeEach(async () => {
  db = await testDatabase();
  await db.database.transaction((tx) =>
    startOperation(tx, { kind: 'test', sellerId: null, now: new Date() }, [
      outgoing(suspected, { payload: {}, sellerId: 'S-1' }),
    ]),
  );
});

afterEach(() => db.drop());

const ended = async () => (await db.database.query('select outcome from message_log')).map((row) => row);

test('a long job whose worker is replaced at every slice is not taken for a killer: slices that end count as lived through', async () => {
  const id = await readyMessage(db.database);
  const slices = 8;
  const runner = new DatabaseRunner(
    runnerContext(db.database),
    batchHandler({
      contract: suspected,
      load: async () => ({}),
      decide: (job) => {
        const slice = (job.cursor ?? 0) + 1;
        return slice === slices ? done() : carryOn(slice);
      },
      save: async () => undefined,
    }),
  );
  for (let slice = 1; slice <= slices; slice += 1)
    expect(await runner.handle(await deliveryOf(db.database, id, true))).toEqual({ kind: 'settled' });
  expect(await ended()).toEqual([{ outcome: 'done' }]);
});

test('an effect that another process is still at is left to it however often it is asked, and is not counted as a crash', async () => {
  const id = await readyMessage(db.database);
  let leased = true;
  const runner = new EffectRunner(
    runnerContext(db.database),
    effectHandler({
      contract: suspected,
      callsInFlight: 1,
      claim: {
        load: async () => ({}),
        decide: () => (leased ? { kind: 'busy' } : { kind: 'settle', verdict: done() }),
        save: async () => undefined,
      },
      call: async () => null,
      settle: { load: async () => ({}), decide: () => done(), save: async () => undefined },
    }),
  );
  for (let time = 0; time < 8; time += 1)
    expect((await runner.handle(await deliveryOf(db.database, id, true))).kind).toBe('later');
  leased = false;
  await runner.handle(await deliveryOf(db.database, id, true));
  expect(await ended()).toEqual([{ outcome: 'done' }]);
});

test('a suspect that someone else has in a transaction is left to them at once', async () => {
  const id = await readyMessage(db.database);
  const runner = new DatabaseRunner(
    runnerContext(db.database),
    batchHandler({
      contract: suspected,
      load: async () => ({}),
      decide: () => done(),
      save: async () => undefined,
    }),
  );
  await db.database.transaction(async (tx) => {
    await tx.query('select from messages where id = $1 for update', [id]);
    expect((await runner.handle(await deliveryOf(db.database, id, true))).kind).toBe('later');
  });
  expect(await db.database.query('select crashes from messages')).toEqual([{ crashes: 0 }]);
});
