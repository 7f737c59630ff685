import { defineJob } from '@ge/contracts';
import { appendMessages, outgoing } from '@ge/database';
import { batchHandler, carryOn, DatabaseRunner, done } from '@ge/runtime';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { deliveryOf, runnerContext } from './fixtures/runnerContext.ts';

const climb = defineJob({
  name: 'climb',
  queue: 'test',
  payload: z.strictObject({ sellerId: z.string() }),
  cursor: z.int(),
  options: { batchSize: 1 },
  why: 'A test job of five slices.',
});

let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(() => db.drop());

/** A runner with one place, and what it was told of others at each slice; told to stop in the slice of this number. */
function climber(stopAt = 0) {
  const stopping = new AbortController();
  const slices: { sellerId: string; othersWait: boolean }[] = [];
  const handler = batchHandler({
    contract: climb,
    load: async (_tx, [job], _now, othersWait) => {
      slices.push({ sellerId: job!.payload.sellerId, othersWait });
      if (slices.length === stopAt) stopping.abort();
      return {};
    },
    decide: ({ cursor }) => ((cursor ?? 0) === 4 ? done() : carryOn((cursor ?? 0) + 1)),
    save: async () => undefined,
  });
  const context = { ...runnerContext(db.database), batchesInFlight: 1, stopping: stopping.signal };
  return { runner: new DatabaseRunner(context, handler), slices };
}

async function owe(sellerId: string) {
  await db.database.transaction((tx) => appendMessages(tx, [outgoing(climb, { payload: { sellerId }, sellerId })]));
  const [row] = await db.database.query<{ id: string }>('select max(id) as id from messages');
  return deliveryOf(db.database, Number(row!.id));
}

const owed = () => db.database.query('select seller_id as seller, gen, cursor from messages order by id');

test('a job alone goes on with its slices at once, under the one pointer it came with', async () => {
  const { runner, slices } = climber();
  expect(await runner.handle(await owe('A'))).toEqual({ kind: 'settled' });
  expect(slices).toEqual(Array.from({ length: 5 }, () => ({ sellerId: 'A', othersWait: false })));
  expect(await owed()).toEqual([]);
});

test('where somebody waits, it gives its place away after a slice and comes back in its turn', async () => {
  const { runner, slices } = climber();
  const [a, b] = [await owe('A'), await owe('B')];
  expect(await Promise.all([runner.handle(a), runner.handle(b)])).toEqual([{ kind: 'settled' }, { kind: 'settled' }]);
  expect(slices.map(({ sellerId, othersWait }) => `${sellerId} ${othersWait}`)).toEqual([
    'A true',
    ...Array.from({ length: 5 }, () => 'B false'),
  ]);
  expect(await owed()).toEqual([{ seller: 'A', gen: 1, cursor: 1 }]);
});

test('a service that is told to stop ends the slice and gives the rest back', async () => {
  const { runner, slices } = climber(3);
  expect(await runner.handle(await owe('A'))).toEqual({ kind: 'settled' });
  expect(slices).toHaveLength(3);
  expect(await owed()).toEqual([{ seller: 'A', gen: 1, cursor: 3 }]);
});
