import { orderBatchLabels } from '@ge/contracts';
import { MessageEntity, outgoing, relockMessages, startOperation, wakeLabelBatch } from '@ge/database';
import type { LabelBatchId, SellerId } from '@ge/domain';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const sellerId = 'S1' as SellerId;
const onlyMessage = async () => {
  const [message] = await db.database.transaction((tx) => tx.select(MessageEntity, ''));
  return message!;
};

test('who still writes down an earlier turn of a message keeps nobody from waking it', async () => {
  const payload = { sellerId, batchId: 'lbb_1' as LabelBatchId };
  const operationId = await db.database.transaction((tx) =>
    startOperation(tx, { kind: orderBatchLabels.name, sellerId, now: new Date() }, [
      outgoing(orderBatchLabels, { payload, sellerId }),
    ]),
  );
  const taken = await onlyMessage();
  // Delivered a second time, it was put off meanwhile.
  await db.database.query(`update messages set gen = gen + 1, due_at = now() + interval '1 hour'`);
  await db.database.transaction(async (slow) => {
    expect(await relockMessages(slow, [taken])).toEqual([]);
    await db.database.transaction((tx) => wakeLabelBatch(tx, operationId));
  });
  expect((await onlyMessage()).dueAt!.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
});

test('a message that is owed under the turn it was taken in is held until its end is written down', async () => {
  const taken = await onlyMessage();
  await db.database.transaction(async (slow) => {
    expect(await relockMessages(slow, [taken])).toMatchObject([
      { id: taken.id, gen: taken.gen, payload: taken.payload },
    ]);
    const free = await db.database.query('select id from messages for update skip locked');
    expect(free).toEqual([]);
  });
});
