import type { OperatorRole, SellerId } from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { counter, instant, json, key, texts, word } from './columns.ts';

export type KeyScope = 'operator' | 'producer' | 'seller';

/** An API key: only its SHA-256 is kept. `operations` limits a producer key; empty = all its scope allows. */
export const ApiKeyEntity = defineEntity({
  name: 'ApiKey',
  tableName: 'api_keys',
  properties: {
    id: key().primary(),
    hash: p.text().unique(),
    scope: word<KeyScope>(),
    /** Of operator keys, and only of these. */
    role: word<OperatorRole>().strictNullable(),
    sellerId: key<SellerId>().strictNullable(),
    operations: texts().defaultRaw("'{}'"),
    label: p.text(),
    createdAt: instant().defaultRaw('now()'),
    revokedAt: instant().strictNullable(),
  },
});

/** What was answered to a write under an `Idempotency-Key`; the same key and body get the same answer. */
export const IdempotencyKeyEntity = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_keys',
  primaryKeys: ['apiKeyId', 'key'],
  properties: {
    apiKeyId: p.text().primary(),
    key: p.text().primary(),
    requestHash: p.text(),
    status: p.integer().strictNullable(),
    answer: json<unknown>().strictNullable(),
    createdAt: instant().defaultRaw('now()'),
  },
  indexes: [{ name: 'idempotency_keys_age', properties: ['createdAt'] }],
});

/**
 * What people of operations changed: append-only, a trigger refuses everything else. Ids and numbers only, since it is
 * kept for good and shown: nothing personal stands in `before` and `after`.
 */
export const AuditEntryEntity = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entries',
  properties: {
    id: counter().primary().autoincrement(),
    at: instant(),
    /** Id of the API key that acted. */
    actor: p.text(),
    role: word<OperatorRole>(),
    /** `queue.pause`, `messages.redrive`, … */
    action: p.text(),
    /** What it was done to: a queue, a seller, a message, a key. */
    target: p.text(),
    before: json<unknown>().strictNullable(),
    after: json<unknown>().strictNullable(),
    reason: p.text().strictNullable(),
  },
  indexes: [{ name: 'audit_entries_target', properties: ['target', 'id'] }],
  triggers: [
    {
      name: 'kept',
      timing: 'before',
      // Truncating is refused too, by the migration: what PostgreSQL says of its triggers leaves that event out.
      events: ['update', 'delete'],
      forEach: 'statement',
      body: "raise exception 'audit entries are only ever added';",
    },
  ],
});
