import { defineJob } from '@ge/contracts';
import { appendMessages, outgoing, startOperation } from '@ge/database';
import { batchHandler, createLogger, DatabaseRunner, describeFailure, done, isPassing } from '@ge/runtime';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { countingContext, deliveryOf, readyMessage, runnerContext } from './fixtures/runnerContext.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase(2);
});

afterAll(() => db.drop());

const failureOf = async (text: string, params: readonly unknown[] = []): Promise<unknown> =>
  db.database.query(text, params).then(
    () => null,
    (error: unknown) => error,
  );

test('a failure says what went wrong without the data it went wrong with', async () => {
  const secret = 'Jane Doe, 1 "Main" St';
  for (const type of ['int', 'timestamptz', 'jsonb']) {
    const described = describeFailure(await failureOf(`select $1::${type}`, [secret]));
    expect(described).toMatch(/22\w{3}/);
    expect(described).not.toMatch(/Jane|Main|St\b/);
  }
  const taken = describeFailure(await failureOf(`insert into programme (id) values (1), (1)`));
  expect(taken).toContain('23505');
});

test('a log line of a database error holds its code and where it was thrown, never the row', async () => {
  const secret = 'Jane Doe';
  const lines: string[] = [];
  const logger = createLogger('test', 'info', { write: (line) => void lines.push(line) });
  const errors = [
    await failureOf('insert into template_aliases (seller_id, name) values ($1, $1)', [secret]),
    await failureOf('select $1::int', [`${secret}\n    at ${secret}`]),
  ];
  expect(JSON.stringify(errors[0])).toContain(secret);
  for (const error of errors) logger.error({ err: error }, 'request failed');
  expect(lines.map((line) => JSON.parse(line).err.code)).toEqual(['23502', '22P02']);
  for (const line of lines) {
    expect(JSON.parse(line).err.stack[0]).toMatch(/^at /);
    expect(line).not.toContain('Jane');
  }
});

test('what the database refuses because of the data does not pass by waiting; what it refuses because of the moment does', async () => {
  expect(isPassing(await failureOf(`select 'x'::text::int`))).toBe(false);
  expect(isPassing(await failureOf(`do $$ begin raise exception using errcode = '40P01'; end $$`))).toBe(true);
  expect(isPassing(await failureOf(`do $$ begin raise exception using errcode = '53300'; end $$`))).toBe(true);
});

test('a job that cannot be saved is counted as tried again, and as dead when it is given up', async () => {
  const unsaved = defineJob({
    name: 'unsaved',
    queue: 'test',
    payload: z.strictObject({}),
    options: { maxAttempts: 2, backoff: { base: 1, max: 1 } },
    why: 'A test job whose data the database refuses.',
  });
  const { context, counted } = countingContext(db.database);
  const runner = new DatabaseRunner(
    context,
    batchHandler({
      contract: unsaved,
      load: async () => ({}),
      decide: () => done(),
      save: async (tx) => {
        await tx.query('select 1 / 0');
      },
    }),
  );
  await db.database.transaction((tx) => appendMessages(tx, [outgoing(unsaved, { payload: {}, sellerId: 'S-1' })]));
  const id = await readyMessage(db.database);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await runner.handle(await deliveryOf(db.database, id));
    await db.database.query('update messages set due_at = null');
  }
  expect(await counted()).toEqual({ retry: 1, dead: 1 });
});

test('a follow-up is counted in its own operation, whichever operation its cause belongs to', async () => {
  const step = defineJob({
    name: 'step',
    queue: 'test',
    payload: z.strictObject({}),
    why: 'A test job that starts work of another operation.',
  });
  const start = (sellerId: string) =>
    db.database.transaction((tx) =>
      startOperation(tx, { kind: 'test', sellerId: null, now: new Date() }, [
        outgoing(step, { payload: {}, sellerId }),
      ]),
    );
  const [cause, other] = [await start('S-cause'), await start('S-other')];
  const runner = new DatabaseRunner(
    runnerContext(db.database),
    batchHandler({
      contract: step,
      load: async () => ({}),
      decide: (job) =>
        job.message.sellerId === 'S-cause'
          ? done({ followUps: [outgoing(step, { payload: {}, sellerId: 'S-other', operationId: other })] })
          : done(),
      save: async () => undefined,
    }),
  );
  const run = async (sellerId: string) => {
    for (const { id } of await db.database.query<{ id: string }>('select id from messages where seller_id = $1', [
      sellerId,
    ]))
      await runner.handle(await deliveryOf(db.database, Number(id)));
  };
  const numbers = (id: string) => db.database.query('select state, total, done from operations where id = $1', [id]);
  await run('S-cause');
  expect(await numbers(cause)).toEqual([{ state: 'closed', total: 1, done: 1 }]);
  expect(await numbers(other)).toEqual([{ state: 'open', total: 2, done: 0 }]);
  await run('S-other');
  expect(await numbers(other)).toEqual([{ state: 'closed', total: 2, done: 2 }]);
});
