import { drawSuspensionVersion, MessageEntity } from '@ge/database';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { propagateEnrollment } from '../propagateEnrollment.ts';
import { aSellerWith, enroll, now, readyTemplate } from './scene.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase(4);
});

afterAll(() => db.drop());

const suspend = () =>
  db.database.transaction(async (tx) => {
    await tx.query(`set local lock_timeout = '50ms'`);
    return drawSuspensionVersion(tx);
  });

test('a suspension waits for those who enable templates by the list before it, so that its fan-out finds them (R13)', async () => {
  const sellerId = await aSellerWith(db.database, 'S-1', [readyTemplate('S-1', 1)]);
  await enroll(db.database, sellerId, 5);
  await db.database.transaction(async (tx) => {
    const [message] = await tx.select(MessageEntity, `where t.name = 'propagate-enrollment'`);
    const payload = { sellerId, commandNo: 5 };
    await propagateEnrollment(400).load(tx, [{ payload, cursor: null, message: message! } as never], now, false);
    await expect(suspend()).rejects.toMatchObject({ code: '55P03' });
  });
  expect(await suspend()).toBe(1);
});
