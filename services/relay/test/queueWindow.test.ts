import { sendMail } from '@ge/contracts';
import { appendMessages, outgoing } from '@ge/database';
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
