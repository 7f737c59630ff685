import { sendMail } from '@ge/contracts';
import { appendMessages, type Database, outgoing } from '@ge/database';
import type { MailId } from '@ge/domain';
import { failingConnection, Sender } from '@ge/queue';
import { type TestDatabase, testDatabase, testSpace } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { QueueWindow } from '../queueWindow.ts';

const space = testSpace();
const redis = failingConnection(space);
const sender = new Sender(space, sendMail.queue, redis);
let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(async () => {
  await sender.close();
  redis.disconnect();
  await db.drop();
});

test('what is done of a bundle leaves the window, however long another of its messages takes', async () => {
  const bounds = { least: 1_000, most: 1_000, aheadMs: 200 };
  const window = new QueueWindow(db.database, sender, { queue: sendMail.queue, bounds, resendMs: 60_000 });
  const owed = Array.from({ length: 200 }, (_, no) =>
    outgoing(sendMail, { payload: { mailId: `mail_${no}` as MailId }, sellerId: 'S-1' }),
  );
  await db.database.transaction((tx) => appendMessages(tx, owed));
  expect(await window.turn(0)).toBe(200);
  // They travel in bundles of five, and of each the last is left.
  await db.database.query('delete from messages where id % 5 <> 0');
  await window.turn(500);
  expect(window.underWay).toBe(200);
  await window.turn(1_500);
  expect(window.underWay).toBe(40);
  await db.database.query('delete from messages');
  await window.turn(1_600);
  expect(window.underWay).toBe(0);
});

test('a bundle that takes long is asked for whole now and then, and at the looks between by one of it', async () => {
  const bounds = { least: 1_000, most: 1_000, aheadMs: 200 };
  const asked: number[] = [];
  const query = (text: string, params?: readonly unknown[]) => {
    if (text.includes('id = any')) asked.push(String(params![0]).split(',').length);
    return db.database.query(text, params);
  };
  const database = { query, prepared: query } as unknown as Database;
  const window = new QueueWindow(database, sender, { queue: sendMail.queue, bounds, resendMs: 60_000 });
  const owed = Array.from({ length: 200 }, (_, no) =>
    outgoing(sendMail, { payload: { mailId: `mail_${no}` as MailId }, sellerId: 'S-1' }),
  );
  await db.database.transaction((tx) => appendMessages(tx, owed));
  for (const at of [0, 500, 1_000, 1_020, 1_249, 1_250, 1_270]) await window.turn(at);
  expect(asked).toEqual([40, 200, 40, 40, 200, 40]);
  await db.database.query('delete from messages');
  await window.turn(1_300);
  expect(window.underWay).toBe(0);
});

test('a turn ends once it has gone round, however much is accepted meanwhile', async () => {
  const bounds = { least: 1_000, most: 1_000, aheadMs: 200 };
  const accept = (sellers: number) =>
    db.database.transaction((tx) =>
      appendMessages(
        tx,
        Array.from({ length: sellers }, (_, no) =>
          outgoing(sendMail, { payload: { mailId: `mail_${no}` as MailId }, sellerId: `S-${no}` }),
        ),
      ),
    );
  let looks = 0;
  const query = async (text: string, params?: readonly unknown[]) => {
    const rows = await db.database.query(text, params);
    if (text.includes('recursive turn')) {
      looks += 1;
      await accept(20);
    }
    return rows;
  };
  const database = { query, prepared: query } as unknown as Database;
  const window = new QueueWindow(database, sender, { queue: sendMail.queue, bounds, resendMs: 60_000 });
  await accept(30);
  expect(await window.turn(0)).toBe(30);
  expect(looks).toBe(1);
  expect(await window.turn(10)).toBe(20);
  await db.database.query('delete from messages');
});

test('a seller with more than a look takes is taken up to a share of the window within one turn', async () => {
  const bounds = { least: 1_000, most: 1_000, aheadMs: 200 };
  const window = new QueueWindow(db.database, sender, { queue: sendMail.queue, bounds, resendMs: 60_000 });
  const owed = Array.from({ length: 1_100 }, (_, no) =>
    outgoing(sendMail, { payload: { mailId: `mail_${no}` as MailId }, sellerId: no < 1_000 ? 'S-1' : `S-${no}` }),
  );
  await db.database.transaction((tx) => appendMessages(tx, owed));
  expect(await window.turn(0)).toBe(250 + 100);
  await db.database.query('delete from messages');
});
