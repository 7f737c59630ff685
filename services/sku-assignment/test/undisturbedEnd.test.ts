import {
  deliverEverywhere,
  eventually,
  flushSpace,
  startAfterDeaths,
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
import { assign, mixedFeed, putSeller, queue, submit, tracesOf } from './feedScene.ts';

const midBatch = ['assign-skus', 'take-in-feed', 'apply-feed', 'write-feed-report'].map((job) => `batch.saved@${job}`);

/**
 * Runs a feed from upload to report, in slices of ten rows, and two direct changes beside it. `twice`: two workers get
 * every message at the same time; `flushed`: Redis loses everything before the start and in the middle; `killed`: a
 * process dies in the middle of each kind of job.
 */
async function runWith(disturbance: 'none' | 'twice' | 'flushed' | 'killed') {
  const db = await testDatabase(12);
  const { database, url: databaseUrl } = db;
  const spaces = disturbance === 'twice' ? [testSpace(), testSpace()] : [testSpace()];
  const [space] = spaces;
  const running: { stop(): Promise<void> }[] = [];
  const start = async (name: string, more: Readonly<Record<string, string>> = {}) => {
    const env = { RELAY_RESEND_MS: '250', JOB_LOCK_MS: '1000', SLICE_ROWS: '10', ...more };
    const service = await startService(name, { databaseUrl, space: space!, env });
    running.push(service);
    return service;
  };
  const startWorkers = async () => {
    const handlers = [assignSkus, takeInFeed(10), applyFeed(10), writeFeedReport];
    for (const one of spaces) running.push(await startWorker(handlers, { database, databaseUrl, space: one }));
  };
  const flush = () => flushSpace(space!, [queue]);
  const isEmpty = async () => (await database.query('select 1 from messages where queue = $1', [queue])).length === 0;
  try {
    await putSeller(database);
    await submit(database, mixedFeed, 10);
    await assign(database, { 'SKU-57': 'World wide', 'NO-SUCH': 'Home' }, 11);
    await assign(database, { 'SKU-58': 'World wide', 'SKU-59': 'Home' }, 12);
    if (disturbance === 'flushed') {
      await start('relay');
      await eventually('pointers in Redis', async () => (await flush()) > 0);
      await startWorkers();
      await eventually(
        'a first slice applied',
        async () =>
          (await database.query(`select 1 from skus where sku = 'SKU-0' and template_id = 'T-world'`)).length > 0,
      );
      await flush();
      await eventually('the queue is empty', isEmpty);
    } else if (disturbance === 'killed') {
      await start('relay');
      await startAfterDeaths(database, midBatch, (env) => start(queue, env));
      await eventually('the queue is empty', isEmpty);
    } else {
      await startWorkers();
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

test('killed with SIGKILL in the middle of each kind of job, one after another: the end is that of the undisturbed run', async () => {
  expect(await runWith('killed')).toEqual(undisturbed);
});
