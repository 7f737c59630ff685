import { auditPage, recordAudit } from '@ge/database';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase(1);
});

afterAll(() => db.drop());

const entry = {
  at: new Date('2026-11-26T08:00:00Z'),
  actor: 'key_1',
  role: 'admin' as const,
  action: 'queue.pause',
  target: 'label-purchase',
  before: { paused: false },
  after: { paused: true },
  reason: 'carrier under repair',
};

test('what was changed is kept with its change or not at all, and never changed or removed afterwards', async () => {
  const { database } = db;
  const taken = database.transaction(async (tx) => {
    await recordAudit(tx, [{ ...entry, target: 'taken back' }]);
    throw new Error('the change itself failed');
  });
  await expect(taken).rejects.toThrow('the change itself failed');
  await database.transaction((tx) => recordAudit(tx, [entry, { ...entry, target: 'region-fanout' }]));
  for (const statement of [
    `update audit_entries set reason = 'none'`,
    'delete from audit_entries',
    'truncate audit_entries',
  ])
    await expect(database.query(statement)).rejects.toThrow('audit entries are only ever added');
  const page = (target: string | null, before: number | null) =>
    database.transaction((tx) => auditPage(tx, { target, before, limit: 10 }));
  const all = await page(null, null);
  expect(all.map(({ target }) => target)).toEqual(['region-fanout', 'label-purchase']);
  expect(await page(null, all[0]!.id)).toEqual([{ ...entry, id: all[1]!.id }]);
  expect(await page('label-purchase', null)).toEqual([{ ...entry, id: all[1]!.id }]);
});
