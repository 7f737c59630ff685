import { activateTemplate as activation, deactivateTemplate as deactivation } from '@ge/contracts';
import { outgoing, SellerAddressEntity, ShippingTemplateEntity, startOperation } from '@ge/database';
import type { AddressId, SellerId } from '@ge/domain';
import {
  deliverEverywhere,
  startWorker,
  type TestDatabase,
  type TestWorker,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activateTemplate } from '../activateTemplate.ts';
import { deactivateTemplate } from '../deactivateTemplate.ts';
import { propagateEnrollment } from '../propagateEnrollment.ts';
import { confirmedByHand } from './confirmedByHand.ts';
import {
  aSellerWith,
  domesticShipping,
  enabledTemplate,
  enroll,
  enrollmentOf,
  now,
  operation,
  readyTemplate,
  templatesOf,
  warehouse,
} from './scene.ts';

let db: TestDatabase;
let workers: readonly TestWorker[];
const spaces = [testSpace(), testSpace()];

beforeAll(async () => {
  db = await testDatabase(12);
  const handlers = [activateTemplate, deactivateTemplate, propagateEnrollment(100)];
  workers = await Promise.all(
    spaces.map((space) =>
      startWorker(handlers, { database: db.database, databaseUrl: db.url, space, clock: { now: () => now } }),
    ),
  );
});

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await db.drop();
});

const run = () => deliverEverywhere(db.database, spaces, 'template-propagation');

const command = (
  contract: typeof activation | typeof deactivation,
  sellerId: SellerId,
  no: number,
  commandNo: number,
) =>
  db.database.transaction(async (tx) => {
    const templateId = readyTemplate(sellerId, no).id;
    return startOperation(tx, { kind: contract.name, sellerId, now }, [
      outgoing(contract as typeof activation, { payload: { sellerId, templateId, commandNo }, sellerId, commandNo }),
    ]);
  });

test('a template confirmed by hand is enabled as confirmed, once (R8)', async () => {
  const confirmed = confirmedByHand(readyTemplate('by-hand', 0));
  const seller = await aSellerWith(db.database, 'by-hand', [confirmed, readyTemplate('by-hand', 1)]);
  const id = await command(activation, seller, 0, 3);
  await run();
  const [enabled, other] = await templatesOf(db.database, seller);
  expect(enabled).toMatchObject({ geState: 'enabled', geCommandNo: 3, wizard: null, version: confirmed.version + 1 });
  expect(other).toMatchObject({ geState: 'off', version: 1 });
  expect(await operation(db.database, id)).toMatchObject({ state: 'closed', done: 1, counts: { templatesEnabled: 1 } });
});

test('what changed since the confirmation is not enabled, and the operation says why (R8)', async () => {
  const seller = await aSellerWith(db.database, 'stale', [confirmedByHand(readyTemplate('stale', 0))]);
  await db.database.transaction((tx) =>
    tx.update(SellerAddressEntity, [
      {
        id: 'stale-adr' as AddressId,
        sellerId: seller,
        address: { ...warehouse, line1: '500 Pine St' },
        createdAt: now,
      },
    ]),
  );
  const id = await command(activation, seller, 0, 3);
  await run();
  expect((await templatesOf(db.database, seller))[0]).toMatchObject({ geState: 'off' });
  expect(await operation(db.database, id)).toMatchObject({
    state: 'closed',
    cancelled: 1,
    counts: { templatesRefused: 1 },
    result: { refusals: [{ code: 'template.digest_stale', rule: 'R8', field: '/digest' }] },
  });
});

test('a template whose wizard was not finished is refused by the step that is missing (R7)', async () => {
  const seller = await aSellerWith(db.database, 'skipped', [readyTemplate('skipped', 0)]);
  const id = await command(activation, seller, 0, 3);
  await run();
  expect((await operation(db.database, id)).result).toMatchObject({
    refusals: [{ code: 'template.step_missing', params: { step: 'automation_on' } }],
  });
});

test('a template of another seller is never touched', async () => {
  await aSellerWith(db.database, 'owner', [enabledTemplate('owner', 0, 1)]);
  const stranger = await aSellerWith(db.database, 'stranger', []);
  const templateId = enabledTemplate('owner', 0, 1).id;
  const id = await db.database.transaction((tx) =>
    startOperation(tx, { kind: 'deactivate-template', sellerId: stranger, now }, [
      outgoing(deactivation, { payload: { sellerId: stranger, templateId, commandNo: 9 }, sellerId: stranger }),
    ]),
  );
  await run();
  expect((await templatesOf(db.database, 'owner' as SellerId))[0]).toMatchObject({ geState: 'enabled', version: 1 });
  expect(await operation(db.database, id)).toMatchObject({ state: 'closed', cancelled: 1 });
});

test('the last blocked template enabled by hand makes the enrollment active (R3)', async () => {
  const seller = await aSellerWith(db.database, 'mended', [
    readyTemplate('mended', 0),
    readyTemplate('mended', 1, { domesticShipping: null }),
    readyTemplate('mended', 2, { domesticShipping: null }),
  ]);
  await enroll(db.database, seller, 1);
  await run();
  expect(await enrollmentOf(db.database, seller)).toMatchObject({ state: 'active_with_blocked' });
  const blocked = (await templatesOf(db.database, seller)).slice(1);
  await db.database.transaction((tx) =>
    tx.update(
      ShippingTemplateEntity,
      blocked.map((template) => confirmedByHand({ ...template, domesticShipping })),
    ),
  );
  await command(activation, seller, 1, 2);
  await run();
  expect(await enrollmentOf(db.database, seller)).toMatchObject({ state: 'active_with_blocked' });
  await command(activation, seller, 2, 3);
  await run();
  expect((await templatesOf(db.database, seller)).map((row) => row.geState)).toEqual(['enabled', 'enabled', 'enabled']);
  expect(await enrollmentOf(db.database, seller)).toMatchObject({ state: 'active' });
});

test.each([
  { name: 'stays', domesticAutomation: true, counted: 'internationalAutomationOff', rule: 'R19' },
  { name: 'goes', domesticAutomation: false, counted: 'regionAutomationOff', rule: 'R20' },
])('deactivating one template: region automation $name with its domestic half ($rule)', async (branch) => {
  const { name, domesticAutomation } = branch;
  const seller = await aSellerWith(db.database, `one-${name}`, [
    enabledTemplate(`one-${name}`, 0, 1, { domesticAutomation }),
    enabledTemplate(`one-${name}`, 1, 1, { domesticAutomation }),
  ]);
  const id = await command(deactivation, seller, 0, 2);
  await run();
  const [left, kept] = await templatesOf(db.database, seller);
  expect(left).toMatchObject({
    geState: 'deactivated',
    regionAutomation: domesticAutomation,
    domesticAutomation,
    internationalAutomation: false,
    version: 2,
  });
  expect(kept).toMatchObject({ geState: 'enabled', version: 1 });
  expect((await operation(db.database, id)).counts).toEqual({ templatesDeactivated: 1, [branch.counted]: 1 });
});

test('a deactivation that arrives after a later activation leaves the template enabled (promise 4)', async () => {
  const seller = await aSellerWith(db.database, 'overtaken', [enabledTemplate('overtaken', 0, 1)]);
  await command(activation, seller, 0, 5);
  await run();
  const late = await command(deactivation, seller, 0, 4);
  await run();
  expect((await templatesOf(db.database, seller))[0]).toMatchObject({ geState: 'enabled', geCommandNo: 5 });
  expect((await operation(db.database, late)).counts).toEqual({ templatesUnchanged: 1 });
});
