import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from '@ge/audit';
import { deactivateTemplate } from '@ge/contracts';
import { SellerEntity } from '@ge/database';
import type { SellerId } from '@ge/domain';
import { sellerRow, type TestDatabase, testDatabase, testSpace } from '@ge/testkit';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { DirectJobs } from '../fleet/directJobs.ts';
import { Sending } from '../fleet/sending.ts';
import { Poisoning } from '../poison/poisoning.ts';

const seller = 'S-1' as SellerId;
let db: TestDatabase;
let directJobs: DirectJobs;

beforeAll(async () => {
  db = await testDatabase();
  await db.database.transaction((tx) => tx.insert(SellerEntity, [sellerRow(seller)]));
  directJobs = new DirectJobs(testSpace(), db.database);
});

afterAll(async () => {
  await directJobs?.close();
  await db?.drop();
});

/** Has every write to a table fail as this SQLSTATE, until the test is over. */
async function failing(table: 'sellers' | 'messages', sqlState: string): Promise<void> {
  const { database } = db;
  await database.query(
    `create or replace function fails_${table}() returns trigger language plpgsql as
     $$ begin raise exception using errcode = '${sqlState}'; end $$`,
  );
  await database.query(
    `create trigger fails before insert or update on ${table} for each row execute function fails_${table}()`,
  );
  onTestFinished(async () => {
    await database.query(`drop trigger fails on ${table}`);
  });
}

const sending = () => {
  const folder = mkdtempSync(join(tmpdir(), 'ge-flood-'));
  const journal = new Journal(join(folder, 'journal'));
  onTestFinished(() => {
    journal.close();
    rmSync(folder, { recursive: true });
  });
  const nothing = { client: null as never, market: null as never, nextOrderId: () => '' };
  const one = { repeats: () => 1, busy: new Map(), unanswered: new Map(), intendedAt: Date.now() };
  return { journal, sending: new Sending({ ...nothing, ...one, journal, directJobs }) };
};

const direct = (to: Sending) =>
  to.direct(deactivateTemplate, seller, 1, (commandNo) => ({ sellerId: seller, templateId: 'T-1', commandNo }), {
    ...{ kind: 'deactivate-template', sellerId: seller, templateId: 'T-1' as never },
  });

test('a job for which the database had no number to give was not sent, and the load goes on', async () => {
  await failing('sellers', '55P03');
  const { sending: to, journal } = sending();
  await direct(to);
  expect(to).toMatchObject({ outcome: 'overloaded', why: '55P03' });
  expect(journal.size).toBe(0);
  expect(await directJobs.waiting()).toBe(0);
});

test('poison that the database was too busy to take was not sent, and the load goes on', async () => {
  await failing('messages', '53300');
  const poisoning = new Poisoning(db.database, { url: 'http://127.0.0.1:1', apiKey: 'key' }, directJobs);
  const seen = [];
  // As many as have every kind among them that is a message, and none that costs a process.
  for (let no = 0; no < 7; no += 1) seen.push(await poisoning.send(seller));
  expect(seen).toContainEqual({ outcome: 'overloaded', why: '53300' });
  expect(seen).toContainEqual({ outcome: 'accepted' });
  expect(poisoning.messages).toEqual([]);
});

test('a fault of the load itself is not taken for a busy store', async () => {
  await failing('sellers', '42P01');
  await expect(direct(sending().sending)).rejects.toMatchObject({ code: '42P01' });
});
