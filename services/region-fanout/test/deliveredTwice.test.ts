import { fanOutRegionSetting, fanOutSuspensions as suspensionsContract } from '@ge/contracts';
import { type Database, outgoing, RegionSettingEntity, ShippingTemplateEntity, startOperation } from '@ge/database';
import { deliverEverywhere, enabledTemplateRow, startWorker, templateRow, testDatabase, testSpace } from '@ge/testkit';
import { expect, test } from 'vitest';
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

/** Everything the three fan-outs leave behind, each message being delivered `copies` times at once. */
async function runWith(copies: number) {
  const db = await testDatabase(12);
  const { database } = db;
  const spaces = Array.from({ length: copies }, testSpace);
  const workers = await Promise.all(
    spaces.map((space) =>
      startWorker([regionHandler(7), fanOutSuspensions(7), holdOrders(7)], {
        database,
        databaseUrl: db.url,
        space,
        clock: { now: () => now },
      }),
    ),
  );
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
    await deliverEverywhere(database, spaces, 'region-fanout');
    return {
      templates: await database.query('select * from shipping_templates order by id'),
      orders: await database.query('select * from orders order by id'),
      operations: await database.query('select kind, state, total, done, failed, counts from operations order by kind'),
      log: await database.query('select name, outcome, reason from message_log order by name, outcome, reason'),
      owed: await database.query('select id from messages'),
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await db.drop();
  }
}

test('every message delivered twice at the same time: the end is that of the undisturbed run', async () => {
  const [undisturbed, twice] = await Promise.all([runWith(1), runWith(2)]);
  expect(twice).toEqual(undisturbed);
  expect(undisturbed).toMatchObject({
    owed: [],
    operations: [
      { kind: 'save-region-setting', state: 'closed', counts: { templatesLookedAt: expect.any(Number) } },
      { kind: 'suspend-destination', state: 'closed', counts: { ordersHeld: 20 } },
    ],
  });
});
