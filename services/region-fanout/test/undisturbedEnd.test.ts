import { fanOutRegionSetting, fanOutSuspensions as suspensionsContract } from '@ge/contracts';
import { type Database, outgoing, RegionSettingEntity, ShippingTemplateEntity, startOperation } from '@ge/database';
import {
  deliverEverywhere,
  drained,
  enabledTemplateRow,
  startAfterDeaths,
  startService,
  startWorker,
  templateRow,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { beforeAll, expect, test } from 'vitest';
import { fanOutRegionSetting as regionHandler } from '../fanOutRegionSetting.ts';
import { fanOutSuspensions } from '../fanOutSuspensions.ts';
import { holdOrders } from '../holdOrders.ts';
import { announce, now, putOrders, seller } from './suspensionScene.ts';

const saveExclusions = (database: Database) =>
  database.transaction(async (tx) => {
    await tx.insert(RegionSettingEntity, [
      { sellerId: seller, version: 1, commandNo: 10, excludedDestinations: ['FR', 'M49-155'], savedAt: now },
    ]);
    await tx.query('update sellers set region_setting_version = 1, command_no = 10');
    await startOperation(tx, { kind: 'save-region-setting', sellerId: seller, now }, [
      outgoing(fanOutRegionSetting, {
        payload: { sellerId: seller, version: 1 },
        sellerId: seller,
        commandNo: 10,
      }),
      outgoing(suspensionsContract, { payload: { version: 1 }, sellerId: null }),
    ]);
  });

const queue = 'region-fanout';
const midBatch = ['fan-out-region-setting', 'fan-out-suspensions', 'hold-orders'].map((job) => `batch.saved@${job}`);

/**
 * Everything the three fan-outs leave behind. `twice`: two workers get every message at the same time; `killed`: a process
 * dies in the middle of each of them.
 */
async function runWith(disturbance: 'none' | 'twice' | 'killed') {
  const db = await testDatabase(12);
  const { database, url: databaseUrl } = db;
  const spaces = disturbance === 'twice' ? [testSpace(), testSpace()] : [testSpace()];
  const running: { stop(): Promise<void> }[] = [];
  const start = async (name: string, more: Readonly<Record<string, string>> = {}) => {
    const env = { PAGE_SIZE: '16', JOB_LOCK_MS: '1000', ...more };
    const service = await startService(name, { databaseUrl, space: spaces[0]!, env });
    running.push(service);
    return service;
  };
  try {
    await putOrders(database);
    await database.transaction((tx) =>
      tx.insert(ShippingTemplateEntity, [
        ...Array.from({ length: 16 }, (_, no) => enabledTemplateRow(seller, `T-${String(no).padStart(2, '0')}`, 1)),
        templateRow(seller, 'T-off'),
      ]),
    );
    await announce(database, 1, 'active');
    await saveExclusions(database);
    if (disturbance === 'killed') {
      await start('relay');
      await startAfterDeaths(database, midBatch, (env) => start(queue, env));
      await drained(database);
    } else {
      const handlers = [regionHandler(16), fanOutSuspensions(16), holdOrders(2)];
      for (const space of spaces) running.push(await startWorker(handlers, { database, databaseUrl, space }));
      await deliverEverywhere(database, spaces, queue);
    }
    return {
      templates: await database.query('select * from shipping_templates order by id'),
      orders: await database.query('select * from orders order by id'),
      operations: await database.query('select kind, state, total, done, failed, counts from operations order by kind'),
      log: await database.query('select name, outcome, reason from message_log order by name, outcome, reason'),
      owed: await database.query('select id from messages'),
    };
  } finally {
    await Promise.all(running.map((one) => one.stop()));
    await db.drop();
  }
}

let undisturbed: Awaited<ReturnType<typeof runWith>>;

beforeAll(async () => {
  undisturbed = await runWith('none');
  expect(undisturbed).toMatchObject({
    owed: [],
    operations: [
      { kind: 'save-region-setting', state: 'closed', counts: { templatesLookedAt: expect.any(Number) } },
      { kind: 'suspend-destination', state: 'closed', counts: { ordersHeld: 20 } },
    ],
  });
});

test('every message delivered twice at the same time: the end is that of the undisturbed run', async () => {
  expect(await runWith('twice')).toEqual(undisturbed);
});

test('killed with SIGKILL in the middle of each kind of job, one after another: the end is that of the undisturbed run', async () => {
  expect(await runWith('killed')).toEqual(undisturbed);
});
