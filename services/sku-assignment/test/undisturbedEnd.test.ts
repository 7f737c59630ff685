import {
  deliverEverywhere,
  eventually,
  flushSpace,
  startService,
  startWorker,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { beforeAll, expect, test } from 'vitest';
import { applyFeed } from '../applyFeed.ts';
import { assignSkus } from '../assignSkus.ts';
import { takeInFeed } from '../takeInFeed.ts';
import { writeFeedReport } from '../writeFeedReport.ts';
import { assign, mixedFeed, now, putSeller, queue, submit, tracesOf } from './feedScene.ts';

/**
 * Runs a feed from upload to report, in slices of ten rows, and two direct changes beside it. `twice`: two workers get every message at the same time;
 * `flushed`: Redis loses everything before the start and in the middle.
 */
async function runWith(disturbance: 'none' | 'twice' | 'flushed') {
  const db = await testDatabase(12);
  const { database } = db;
  const spaces = disturbance === 'twice' ? [testSpace(), testSpace()] : [testSpace()];
  const [space] = spaces;
  const running: { stop(): Promise<void> }[] = [];
  const flush = () => flushSpace(space!, [queue]);
  try {
    await putSeller(database);
    await submit(database, mixedFeed, 10);
    await assign(database, { 'SKU-57': 'World wide', 'NO-SUCH': 'Home' }, 11);
    await assign(database, { 'SKU-58': 'World wide', 'SKU-59': 'Home' }, 12);
    if (disturbance === 'flushed') {
      running.push(
        await startService('relay', { databaseUrl: db.url, space: space!, env: { RELAY_RESEND_MS: '250' } }),
      );
      await eventually('pointers in Redis', async () => (await flush()) > 0);
    }
    for (const one of spaces) {
      const options = { database, databaseUrl: db.url, space: one, clock: { now: () => now } };
      running.push(await startWorker([assignSkus, takeInFeed(10), applyFeed(10), writeFeedReport], options));
    }
    if (disturbance === 'flushed') {
      await eventually(
        'a first slice applied',
        async () =>
          (await database.query(`select 1 from skus where sku = 'SKU-0' and template_id = 'T-world'`)).length > 0,
      );
      await flush();
      await eventually(
        'the queue is empty',
        async () => (await database.query('select 1 from messages where queue = $1', [queue])).length === 0,
      );
    } else {
      await deliverEverywhere(database, spaces, queue);
    }
    return await tracesOf(database);
  } finally {
    await Promise.all(running.map((one) => one.stop()));
    await db.drop();
  }
}

let undisturbed: Awaited<ReturnType<typeof runWith>>;

beforeAll(async () => {
  undisturbed = await runWith('none');
  expect(undisturbed.feeds).toMatchObject([
    { state: 'DONE', counts: { processed: 54, applied: 50, superseded: 1, unchanged: 1, rejected: 2 } },
  ]);
});

test('every message of feeds and direct changes delivered twice at the same time: the end is that of the undisturbed run', async () => {
  expect(await runWith('twice')).toEqual(undisturbed);
});

test('Redis losing everything before and in the middle of a feed changes nothing about its end', async () => {
  expect(await runWith('flushed')).toEqual(undisturbed);
});
