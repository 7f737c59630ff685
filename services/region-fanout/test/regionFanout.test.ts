import { fanOutRegionSetting, fanOutSuspensions, queueNames } from '@ge/contracts';
import {
  OperationEntity,
  outgoing,
  RegionSettingEntity,
  SellerEntity,
  ShippingTemplateEntity,
  SuspensionEntity,
  startOperation,
} from '@ge/database';
import type { SellerId, SuspensionId } from '@ge/domain';
import {
  deathsTried,
  drained,
  enabledTemplateRow,
  eventually,
  flushSpace,
  type ServiceProcess,
  sellerRow,
  startService,
  type TestDatabase,
  templateRow,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';

const now = new Date('2026-03-01T12:00:00.000Z');
const seller = 'S-1' as SellerId;
let db: TestDatabase;
let space: ReturnType<typeof testSpace>;
let running: ServiceProcess[];

beforeEach(async () => {
  db = await testDatabase();
  space = testSpace();
  running = [];
  await db.database.transaction(async (tx) => {
    await tx.insert(SellerEntity, [sellerRow(seller)]);
    await tx.insert(ShippingTemplateEntity, [
      ...Array.from({ length: 30 }, (_, index) => enabledTemplateRow(seller, `T-${String(index).padStart(3, '0')}`, 1)),
      // Enabled by a command later than the save, never enabled, and switched off again.
      enabledTemplateRow(seller, 'T-late', 99),
      templateRow(seller, 'T-off'),
      templateRow(seller, 'T-gone', {
        geState: 'deactivated',
        geCommandNo: 5,
        geCommandLog: { deactivatedNo: 5, enabledNos: [] },
      }),
    ]);
  });
});

afterEach(async () => {
  await Promise.all(running.map((service) => service.stop()));
  await db.drop();
});

async function start(name: string, env: Record<string, string> = {}): Promise<ServiceProcess> {
  const service = await startService(name, { databaseUrl: db.url, space, env: { PAGE_SIZE: '7', ...env } });
  running.push(service);
  return service;
}

/** What the gateway does when a seller saves: the setting, and the message that carries it. */
const save = (version: number, commandNo: number, excludedDestinations: readonly string[]) =>
  db.database.transaction(async (tx) => {
    await tx.insert(RegionSettingEntity, [
      { sellerId: seller, version, commandNo, excludedDestinations, savedAt: now },
    ]);
    await tx.query('update sellers set region_setting_version = $2, command_no = $3 where id = $1', [
      seller,
      version,
      commandNo,
    ]);
    return startOperation(tx, { kind: 'save-region-setting', sellerId: seller, now }, [
      outgoing(fanOutRegionSetting, { payload: { sellerId: seller, version }, sellerId: seller, commandNo }),
    ]);
  });

const exclusions = async () =>
  Object.fromEntries(
    (await db.database.transaction((tx) => tx.select(ShippingTemplateEntity, 'order by t.id'))).map((row) => [
      row.id,
      `${row.appliedSettingVersion}:${row.excludedDestinations.join(',')}:v${row.version}`,
    ]),
  );

const undisturbed = (version: number, list: string) => ({
  ...Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`T-${String(index).padStart(3, '0')}`, `${version}:${list}:v2`]),
  ),
  'T-gone': '0::v1',
  'T-late': '0::v1',
  'T-off': '0::v1',
});

test('a saved setting reaches every template enabled at that moment, page by page, and no other (R11, R12)', async () => {
  await Promise.all([start('relay'), start('region-fanout')]);
  const operation = await save(1, 10, ['FR', 'M49-155']);
  await drained(db.database);
  expect(await exclusions()).toEqual(undisturbed(1, 'FR,M49-155'));
  const rows = await db.database.transaction((tx) => tx.select(OperationEntity, 'where t.id = $1', [operation]));
  expect(rows[0]).toMatchObject({
    state: 'closed',
    total: 1,
    done: 1,
    counts: { templatesChanged: 30, templatesLookedAt: 31 },
  });
});

test.for(deathsTried(['batch.saved', 'batch.taken', 'batch.committed']))(
  'killed with SIGKILL at %s: another process finishes, and the end is that of an undisturbed run',
  async (failpoint) => {
    await start('relay');
    const victim = await start('region-fanout', { GE_FAILPOINT: failpoint });
    await save(1, 10, ['FR']);
    await victim.ended;
    running.splice(running.indexOf(victim), 1);
    await start('region-fanout');
    await drained(db.database);
    expect(await exclusions()).toEqual(undisturbed(1, 'FR'));
  },
);

test('Redis losing everything in the middle of a fan-out changes nothing about its end', async () => {
  await start('relay');
  await save(1, 10, ['FR']);
  await eventually('pointers in Redis', async () => (await flushSpace(space, queueNames)) > 0);
  await start('region-fanout');
  await eventually(
    'first page',
    async () =>
      (await db.database.query('select 1 from shipping_templates where applied_setting_version = 1')).length > 0,
  );
  await flushSpace(space, queueNames);
  await drained(db.database);
  expect(await exclusions()).toEqual(undisturbed(1, 'FR'));
});

test('of two saves the newer one wins whatever the order of arrival (promise 4)', async () => {
  const older = await save(1, 10, ['FR']);
  await save(2, 11, ['DE']);
  // The older message is held back until the newer one is done.
  await db.database.query(`update messages set due_at = now() + interval '1 hour' where operation_id = $1`, [older]);
  await Promise.all([start('relay'), start('region-fanout')]);
  await eventually(
    'newer done',
    async () => (await db.database.query(`select 1 from messages where due_at is null`)).length === 0,
  );
  await db.database.query(`update messages set due_at = now()`);
  await drained(db.database);
  expect(await exclusions()).toEqual(undisturbed(2, 'DE'));
});

test('a suspension shows in every enabled template beside the seller’s choice, and lifting removes only that (R13)', async () => {
  await Promise.all([start('relay'), start('region-fanout')]);
  await save(1, 10, ['FR']);
  await drained(db.database);
  const announce = (version: number, state: 'active' | 'lifted') =>
    db.database.transaction(async (tx) => {
      await tx.query('update programme set suspension_version = $1', [version]);
      await tx.query('delete from suspensions');
      await tx.insert(SuspensionEntity, [
        {
          id: 'sus_1' as SuspensionId,
          destination: 'BR',
          state,
          reason: 'carrier stop',
          version,
          suspendedAt: now,
          liftedAt: state === 'lifted' ? now : null,
        },
      ]);
      return startOperation(tx, { kind: 'suspend', sellerId: null, now }, [
        outgoing(fanOutSuspensions, { payload: { version }, sellerId: null }),
      ]);
    });
  const shown = () =>
    db.database.query(`select count(*)::int as count from shipping_templates where suspended_destinations = '{BR}'`);
  const operation = await announce(1, 'active');
  await drained(db.database);
  expect(await shown()).toEqual([{ count: 31 }]);
  // The first message and the parts it handed the others to: each template in one of them.
  const [closed] = await db.database.transaction((tx) => tx.find(OperationEntity, [operation]));
  expect(closed).toMatchObject({ state: 'closed', counts: { templatesChanged: 31, templatesLookedAt: 31 } });
  expect({ done: closed!.done, parts: closed!.total > 2 }).toEqual({ done: closed!.total, parts: true });
  await announce(2, 'lifted');
  await drained(db.database);
  expect(await shown()).toEqual([{ count: 0 }]);
  expect(
    await db.database.query(
      `select count(*)::int as count from shipping_templates where excluded_destinations = '{FR}'`,
    ),
  ).toEqual([{ count: 30 }]);
});
