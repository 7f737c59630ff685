import type { SellerId } from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { instant, json, key, texts, word } from './columns.ts';

export type KeyScope = 'operator' | 'producer' | 'seller';

/** An API key: only its SHA-256 is kept. `operations` limits a producer key; empty = all its scope allows. */
export const ApiKeyEntity = defineEntity({
  name: 'ApiKey',
  tableName: 'api_keys',
  properties: {
    id: key().primary(),
    hash: p.text().unique(),
    scope: word<KeyScope>(),
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
