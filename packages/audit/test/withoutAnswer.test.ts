import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeyEntity, IdempotencyKeyEntity, startOperation } from '@ge/database';
import type { SellerId } from '@ge/domain';
import { type TestDatabase, testDatabase } from '@ge/testkit';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Accepted, auditFleet, type Door, Journal } from '../src/index.ts';

const now = new Date('2026-03-02T12:00:00.000Z');
const day = '2026-03-02';

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
  await db.database.transaction(async (tx) => {
    const key = { id: 'key_1', hash: 'h', scope: 'operator', role: 'admin', sellerId: null, label: 'load' } as const;
    await tx.insert(ApiKeyEntity, [{ ...key, operations: [], createdAt: now, revokedAt: null }]);
  });
});

afterAll(() => db?.drop());

/** An operation that has ended, without any message. */
const ended = (): Promise<string> =>
  db.database.transaction((tx) => startOperation(tx, { kind: 'test', sellerId: 'S-1' as SellerId, now }, []));

const asked = (answer: Accepted['answer'], door: Door, operationId: string | null): Accepted => ({
  answer,
  door,
  operationId,
  commandNo: null,
  intendedAt: 1,
  sentAt: 1,
  answeredAt: 2,
  command: { kind: 'job', sellerId: 'S-1', name: 'test' },
});

const audited = async (...commands: readonly Accepted[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'ge-audit-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const journal = new Journal(join(folder, 'journal'));
  for (const command of commands) journal.add(command);
  journal.close();
  return auditFleet({ database: db.database, folder: journal.folder, ledger: null, now });
};

test('a command without an answer that was accepted is found under its Idempotency-Key, one that was not is never lost', async () => {
  const operationId = await ended();
  await db.database.transaction(async (tx) => {
    const kept = { apiKeyId: 'key_1', requestHash: 'r', status: 202, answer: { operationId }, createdAt: now };
    await tx.insert(IdempotencyKeyEntity, [{ ...kept, key: 'arrived' }]);
  });
  const report = await audited(
    asked('maybe', { by: 'api', idempotencyKey: 'arrived' }, null),
    asked('maybe', { by: 'api', idempotencyKey: 'never arrived' }, null),
    asked('maybe', { by: 'producer' }, null),
  );
  expect(report).toMatchObject({
    ok: true,
    accepted: 1,
    maybe: { accepted: 1, notAccepted: 1, unknown: 1 },
    terminalStates: { done: 1 },
  });
});

test('a job put straight into BullMQ is done where its receipt is there, and missed where it is not', async () => {
  await db.database.query(`insert into receipts (day, key) values ($1::date, 'here')`, [day]);
  const direct = (key: string): Door => ({ by: 'direct', key, day });
  const report = await audited(
    asked('accepted', direct('here'), null),
    asked('accepted', direct('nowhere'), null),
    asked('maybe', direct('maybe nowhere'), null),
  );
  expect(report).toMatchObject({
    ok: false,
    maybe: { notAccepted: 1 },
    terminalStates: { done: 1, lost: 1 },
    findings: [{ code: 'receipt.missing', subject: 'nowhere' }],
  });
});

test('a request that was carried out twice under one Idempotency-Key is named', async () => {
  const door: Door = { by: 'api', idempotencyKey: 'twice' };
  const report = await audited(asked('accepted', door, await ended()), asked('accepted', door, await ended()));
  expect(report).toMatchObject({ ok: false, findings: [{ code: 'command.doubled', subject: 'twice' }] });
});

test('what could not be looked at is said: rows without a baseline, charges without the book', async () => {
  const { unchecked } = await audited(asked('accepted', { by: 'producer' }, await ended()));
  expect(unchecked.map(({ what }) => what)).toEqual(['rows of the sellers', 'charges']);
});
