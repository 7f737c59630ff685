import { operationEnds } from '@ge/database';
import {
  deliverEverywhere,
  startWorker,
  type TestDatabase,
  type TestWorker,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { propagateDeactivation } from '../propagateDeactivation.ts';
import { propagateEnrollment } from '../propagateEnrollment.ts';
import {
  aSellerWith,
  enabledTemplate,
  enroll,
  enrollmentOf,
  leave,
  logOf,
  mailsOf,
  now,
  operation,
  readyTemplate,
  templatesOf,
  warehouse,
} from './scene.ts';

let db: TestDatabase;
let workers: readonly TestWorker[];
// Two deliveries of everything, always: each space has a worker of its own.
const spaces = [testSpace(), testSpace()];

beforeAll(async () => {
  db = await testDatabase(12);
  workers = await Promise.all(
    spaces.map((space) =>
      startWorker([propagateEnrollment(4), propagateDeactivation(4)], {
        database: db.database,
        databaseUrl: db.url,
        space,
        clock: { now: () => now },
      }),
    ),
  );
});

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await db.drop();
});

const run = () => deliverEverywhere(db.database, spaces, 'template-propagation');
const templates = (sellerId: string, count: number) =>
  Array.from({ length: count }, (_, no) => readyTemplate(sellerId, no));

describe('an enrollment delivered twice at the same time', () => {
  test('enables every template once, page by page, and its SKUs with it (R3, R4)', async () => {
    const seller = await aSellerWith(db.database, 'all-ready', templates('all-ready', 11));
    const id = await enroll(db.database, seller, 7);
    await run();
    for (const template of await templatesOf(db.database, seller)) {
      expect(template).toMatchObject({
        geState: 'enabled',
        geCommandNo: 7,
        regionAutomation: true,
        internationalAutomation: true,
        shipFrom: ['all-ready-adr'],
        version: 2,
      });
      expect(template.internationalFees?.zones.length).toBeGreaterThan(0);
    }
    expect(await enrollmentOf(db.database, seller)).toMatchObject({ state: 'active', closedAt: expect.any(Date) });
    expect(await operation(db.database, id)).toMatchObject({
      state: 'closed',
      total: 1,
      done: 1,
      counts: { templatesEnabled: 11, skusExportable: 11 },
    });
    expect(await mailsOf(db.database, seller)).toEqual([
      { kind: 'enrollment-finished', params: { enabledTemplates: 11, exportableSkus: 11 }, state: 'requested' },
    ]);
    expect(await logOf(db.database, seller)).toEqual([{ name: 'propagate-enrollment', outcome: 'done', reason: null }]);
  });

  test('names every missing item of a blocked template and leaves its switches alone (R3, R9)', async () => {
    const seller = await aSellerWith(db.database, 'some-blocked', [
      ...templates('some-blocked', 5),
      readyTemplate('some-blocked', 5, { domesticShipping: null }),
      readyTemplate('some-blocked', 6, { domesticShipping: null, shipFrom: ['adr_gone' as never] }),
    ]);
    const id = await enroll(db.database, seller, 1);
    await run();
    const blocked = (await templatesOf(db.database, seller)).filter((template) => template.geState === 'blocked');
    expect(blocked.map((template) => template.blockedBy.map(({ code, field }) => `${code} ${field}`))).toEqual([
      ['template.domestic_missing /domesticShipping'],
      ['template.ship_from_unknown /shipFrom/0', 'template.domestic_missing /domesticShipping'],
    ]);
    expect(blocked.every((template) => !template.regionAutomation && template.internationalFees === null)).toBe(true);
    expect(await enrollmentOf(db.database, seller)).toMatchObject({ state: 'active_with_blocked' });
    expect((await operation(db.database, id)).counts).toEqual({
      templatesEnabled: 5,
      templatesBlocked: 2,
      skusExportable: 5,
    });
    expect(await mailsOf(db.database, seller)).toEqual([
      { kind: 'enrollment-blocked', params: { enabledTemplates: 5, exportableSkus: 5 }, state: 'requested' },
    ]);
  });

  test('blocks all of them where the general address is a PO box (R6)', async () => {
    const address = { ...warehouse, line1: 'P.O. Box 17' };
    const seller = await aSellerWith(db.database, 'po-box', templates('po-box', 9), address);
    await enroll(db.database, seller, 1);
    await run();
    const rows = await templatesOf(db.database, seller);
    expect(rows.map((row) => row.geState)).toEqual(rows.map(() => 'blocked'));
    expect(rows[0]!.blockedBy[0]).toMatchObject({ rule: 'R6', field: expect.stringMatching(/^\/generalAddress/) });
    expect(await enrollmentOf(db.database, seller)).toMatchObject({ state: 'active_with_blocked' });
  });

  test('reaches only the templates the seller chose (R4)', async () => {
    const all = templates('chosen', 9);
    const seller = await aSellerWith(db.database, 'chosen', all);
    const id = await enroll(
      db.database,
      seller,
      1,
      [1, 3, 4, 6, 8].map((no) => all[no]!.id),
    );
    await run();
    const enabled = (await templatesOf(db.database, seller)).flatMap((row, no) =>
      row.geState === 'enabled' ? no : [],
    );
    expect(enabled).toEqual([1, 3, 4, 6, 8]);
    expect((await operation(db.database, id)).counts).toEqual({ templatesEnabled: 5, skusExportable: 5 });
  });

  test('of a seller without templates closes at once', async () => {
    const seller = await aSellerWith(db.database, 'bare', []);
    const id = await enroll(db.database, seller, 1);
    await run();
    expect(await enrollmentOf(db.database, seller)).toMatchObject({ state: 'active' });
    expect(await operation(db.database, id)).toMatchObject({ state: 'closed', counts: {} });
  });

  test('that repeats an earlier one enables nothing twice and tells what is enabled', async () => {
    const seller = await aSellerWith(db.database, 'again', templates('again', 6));
    await enroll(db.database, seller, 1);
    await run();
    const id = await enroll(db.database, seller, 2);
    await run();
    expect((await operation(db.database, id)).counts).toEqual({ templatesAlreadyEnabled: 6, skusAlreadyExportable: 6 });
    expect((await mailsOf(db.database, seller))[1]!.params).toEqual({ enabledTemplates: 6, exportableSkus: 6 });
  });
});

describe('a deactivation delivered twice at the same time', () => {
  test('takes the branch of each template: R19 where domestic automation is on, R20 where it is off', async () => {
    const seller = await aSellerWith(db.database, 'leaving', [
      ...Array.from({ length: 6 }, (_, no) => enabledTemplate('leaving', no, 1, { domesticAutomation: no % 2 === 0 })),
      readyTemplate('leaving', 6, { geState: 'blocked', geCommandNo: 1 }),
      readyTemplate('leaving', 7, { regionAutomation: true, domesticAutomation: true }),
    ]);
    const id = await leave(db.database, seller, 2);
    await run();
    const rows = await templatesOf(db.database, seller);
    expect(
      rows.map((row) => [row.geState, row.regionAutomation, row.domesticAutomation, row.internationalAutomation]),
    ).toEqual([
      ...Array.from({ length: 6 }, (_, no) => ['deactivated', no % 2 === 0, no % 2 === 0, false]),
      ['deactivated', false, false, false],
      ['off', true, true, false],
    ]);
    expect((await operation(db.database, id)).counts).toEqual({
      templatesDeactivated: 6,
      internationalAutomationOff: 3,
      regionAutomationOff: 3,
      templatesUnblocked: 1,
      templatesNotEnabled: 1,
    });
    expect(await mailsOf(db.database, seller)).toEqual([
      { kind: 'deactivation-finished', params: { deactivatedTemplates: 6 }, state: 'requested' },
    ]);
  });
});

describe('in whatever order commands arrive (promise 4)', () => {
  const setAside = (operationId: string, state: 'dead' | 'ready') =>
    db.database.query('update messages set state = $2 where operation_id = $1', [operationId, state]);

  test('a deactivation accepted after an enrollment but run before it leaves no template enabled', async () => {
    const seller = await aSellerWith(db.database, 'late-enroll', templates('late-enroll', 9));
    const enrolled = await enroll(db.database, seller, 1);
    await setAside(enrolled, 'dead');
    await leave(db.database, seller, 2);
    await run();
    await setAside(enrolled, 'ready');
    const before = await templatesOf(db.database, seller);
    await run();
    expect(await templatesOf(db.database, seller)).toEqual(before);
    expect(before.some((row) => row.geState === 'enabled')).toBe(false);
    expect(await enrollmentOf(db.database, seller)).toMatchObject({ state: 'deactivated', commandNo: 2 });
    expect(await logOf(db.database, seller)).toContainEqual({
      name: 'propagate-enrollment',
      outcome: 'skip',
      reason: 'command 2 has taken over',
    });
    expect(await operation(db.database, enrolled)).toMatchObject({ state: 'closed', done: 1, counts: {} });
    expect(await operationEnds(db.database, [enrolled], now)).toMatchObject([{ ended: 1, overtaken: true }]);
    expect((await mailsOf(db.database, seller)).map((mail) => mail.kind)).toEqual(['deactivation-finished']);
  });

  test('a deactivation accepted before an enrollment but run after it switches nothing off', async () => {
    const seller = await aSellerWith(db.database, 'late-leave', templates('late-leave', 9));
    const left = await leave(db.database, seller, 1);
    await setAside(left, 'dead');
    await enroll(db.database, seller, 2);
    await run();
    await setAside(left, 'ready');
    await run();
    const rows = await templatesOf(db.database, seller);
    expect(rows.map((row) => row.geState)).toEqual(rows.map(() => 'enabled'));
    expect(await enrollmentOf(db.database, seller)).toMatchObject({ state: 'active', commandNo: 2 });
    expect((await mailsOf(db.database, seller)).map((mail) => mail.kind)).toEqual(['enrollment-finished']);
  });
});

test('many sellers at once share one transaction and each ends as if alone', async () => {
  const sellers = await Promise.all(
    Array.from({ length: 15 }, (_, no) => {
      const id = `crowd-${String(no).padStart(2, '0')}`;
      return aSellerWith(db.database, id, templates(id, 1 + (no % 4)));
    }),
  );
  await Promise.all(sellers.map((seller) => enroll(db.database, seller, 1)));
  await run();
  for (const [no, seller] of sellers.entries()) {
    expect(await enrollmentOf(db.database, seller)).toMatchObject({ state: 'active' });
    expect(await templatesOf(db.database, seller)).toHaveLength(1 + (no % 4));
    expect((await mailsOf(db.database, seller)).map((mail) => mail.params)).toEqual([
      { enabledTemplates: 1 + (no % 4), exportableSkus: 1 + (no % 4) },
    ]);
  }
});
