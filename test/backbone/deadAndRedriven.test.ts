import { defineJob } from '@ge/contracts';
import {
  deadGroups,
  deadMessagesPage,
  outgoing,
  previewRedrive,
  promoteDue,
  redrive,
  startOperation,
  type Transaction,
} from '@ge/database';
import { batchHandler, DatabaseRunner, dead, done } from '@ge/runtime';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { deliveryOf, runnerContext } from './fixtures/runnerContext.ts';

const serve = defineJob({
  name: 'serve',
  queue: 'test',
  payload: z.strictObject({ no: z.int(), fault: z.string() }),
  options: { maxAttempts: 1 },
  why: 'A test job that fails while its fault is there.',
});

let db: TestDatabase;
let operationId: string;
let repaired: boolean;
const within = <T>(work: (tx: Transaction) => Promise<T>) => db.database.transaction(work);

const runner = () =>
  new DatabaseRunner(
    runnerContext(db.database),
    batchHandler({
      contract: serve,
      load: async () => ({}),
      decide: ({ payload: { no, fault } }) => (repaired ? done() : dead(`${fault} of row ${no}`)),
      save: async () => undefined,
    }),
  );

async function runAll(): Promise<void> {
  const rows = await db.database.query<{ id: string }>(
    `select id from messages where state = 'ready' and due_at is null order by id`,
  );
  const one = runner();
  await Promise.all(rows.map(async ({ id }) => one.handle(await deliveryOf(db.database, Number(id)))));
}

const operation = async () =>
  (await db.database.query('select state, total, done, failed, closed_at is null as open from operations'))[0];

beforeEach(async () => {
  db = await testDatabase();
  repaired = false;
  operationId = await within((tx) =>
    startOperation(
      tx,
      { kind: 'test', sellerId: null, now: new Date() },
      ['lost', 'lost', 'lost', 'torn'].map((fault, no) =>
        outgoing(serve, { payload: { no, fault }, sellerId: `S-${no % 2}` }),
      ),
    ),
  );
  await runAll();
});

afterEach(() => db.drop());

const groups = () => within((tx) => deadGroups(tx, { queue: null, after: null, limit: 10 }));
const groupOf = async (word: string) => (await groups()).find((group) => group.sampleReason?.startsWith(word))!;

test('dead messages are grouped by what killed them, with how many, whose, since when, and one reason', async () => {
  expect(operationId).toMatch(/^op_/);
  expect(await operation()).toEqual({ state: 'closed', total: 4, done: 0, failed: 4, open: false });
  const lost = await groupOf('lost');
  expect(await groups()).toHaveLength(2);
  expect(lost).toMatchObject({ queue: 'test', name: 'serve', messages: 3, sellers: 2, sampleReason: 'lost of row 2' });
  expect(lost.firstAt!.getTime()).toBeLessThanOrEqual(lost.lastAt!.getTime());
  const page = await within((tx) => deadMessagesPage(tx, { group: lost, after: null, limit: 2 }));
  const rest = await within((tx) => deadMessagesPage(tx, { group: lost, after: page[1]!.id, limit: 2 }));
  expect([...page, ...rest].map(({ lastError }) => lastError)).toEqual([0, 1, 2].map((no) => `lost of row ${no}`));
  const [first] = await groups();
  const second = await within((tx) => deadGroups(tx, { queue: 'test', after: first!, limit: 10 }));
  expect(second).toHaveLength(1);
});

test('a preview says what a redrive would do, and does nothing', async () => {
  const lost = await groupOf('lost');
  const now = new Date();
  const seen = await within((tx) => previewRedrive(tx, lost, { perSecond: 1, now }));
  expect(seen).toEqual({
    messages: 3,
    sellers: 2,
    operations: 1,
    pastDeadline: 0,
    lastDueAt: new Date(now.getTime() + 2_000),
    left: 0,
  });
  expect((await groupOf('lost')).messages).toBe(3);
});

test('a redriven group runs anew from nought, its operation is open until it ends, and the others stay dead', async () => {
  const lost = await groupOf('lost');
  await db.database.query('update messages set attempts = 3, crashes = 2, snoozes = 9');
  const now = new Date();
  const done = await within((tx) => redrive(tx, lost, { perSecond: null, reason: 'repaired', now }));
  expect(done).toMatchObject({ messages: 3, sellers: 2, operations: 1, left: 0 });
  expect(await operation()).toEqual({ state: 'open', total: 4, done: 0, failed: 1, open: true });
  const rows = await db.database.query(
    `select distinct attempts, crashes, snoozes, gen, due_at, fingerprint, dead_at from messages where state = 'ready'`,
  );
  expect(rows).toEqual([
    { attempts: 0, crashes: 0, snoozes: 0, gen: 2, due_at: null, fingerprint: null, dead_at: null },
  ]);
  repaired = true;
  await runAll();
  expect(await operation()).toEqual({ state: 'closed', total: 4, done: 3, failed: 1, open: false });
  expect((await groups()).map(({ messages }) => messages)).toEqual([1]);
  const told = await db.database.query<{ outcome: string; reason: string | null }>(
    `select outcome, reason from message_log where message_id = (select min(message_id) from message_log) order by at, id`,
  );
  expect(told.map(({ outcome }) => outcome)).toEqual(['dead', 'redriven', 'done']);
  expect(told[1]!.reason).toBe('repaired');
});

test('a rate spreads what is redriven, the oldest first; chosen ids leave all others dead', async () => {
  const lost = await groupOf('lost');
  const now = new Date('2026-03-01T00:00:00Z');
  await within((tx) => redrive(tx, lost, { perSecond: 2, reason: null, now }));
  const due = await db.database.query<{ late: number }>(
    `select extract(epoch from due_at - $1::timestamptz)::float as late from messages where state = 'ready' order by id`,
    [now],
  );
  expect(due.map(({ late }) => late)).toEqual([0, 0.5, 1]);
  expect(await promoteDue(db.database, new Date(now.getTime() + 600), 10)).toBe(2);
  const torn = await groupOf('torn');
  const chosen = await within((tx) => redrive(tx, { ids: [torn.sampleId, 1] }, { perSecond: null, reason: null, now }));
  expect(chosen.messages).toBe(1);
  expect(await groups()).toEqual([]);
});
