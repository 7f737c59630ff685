import {
  deliverEverywhere,
  eventually,
  flushSpace,
  startService,
  startWorker,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { expect, test } from 'vitest';
import { propagateEnrollment } from '../propagateEnrollment.ts';
import { aSellerWith, enroll, readyTemplate, tracesOf } from './scene.ts';

const queue = 'template-propagation';

/** Enrolls a seller of 23 templates to the end; `disturb`: Redis loses everything before the start and in the middle. */
async function runWith(disturb: boolean) {
  const db = await testDatabase();
  const space = testSpace();
  const running: { stop(): Promise<void> }[] = [];
  const { database } = db;
  try {
    const templates = Array.from({ length: 23 }, (_, no) => readyTemplate('flushed', no));
    const seller = await aSellerWith(database, 'flushed', templates);
    const operationId = await enroll(database, seller, 2);
    const flush = () => flushSpace(space, [queue]);
    if (disturb) {
      running.push(await startService('relay', { databaseUrl: db.url, space, env: { RELAY_RESEND_MS: '250' } }));
      await eventually('pointers in Redis', async () => (await flush()) > 0);
    }
    running.push(await startWorker([propagateEnrollment(2)], { database, databaseUrl: db.url, space }));
    if (disturb) {
      await eventually(
        'a first page',
        async () => (await database.query(`select 1 from shipping_templates where ge_state = 'enabled'`)).length > 0,
      );
      await flush();
      await eventually(
        'the queue is empty',
        async () => (await database.query('select 1 from messages where queue = $1', [queue])).length === 0,
      );
    } else {
      await deliverEverywhere(database, [space], queue);
    }
    return await tracesOf(database, seller, operationId);
  } finally {
    await Promise.all(running.map((one) => one.stop()));
    await db.drop();
  }
}

test('Redis losing everything before and in the middle of an enrollment changes nothing about its end', async () => {
  const [undisturbed, flushed] = await Promise.all([runWith(false), runWith(true)]);
  expect(flushed).toEqual(undisturbed);
  expect(undisturbed.operation).toMatchObject({ state: 'closed', counts: { templatesEnabled: 23 } });
});
