import { randomBytes } from 'node:crypto';
import { routeCatalogue, routes } from '@ge/api';
import { ApiKeyEntity, type ApiKeyRow, apiKeysPage, newId, revokeApiKey as revoke } from '@ge/database';
import { writeAudit } from '../audit/writeAudit.ts';
import { hashOfKey } from '../http/access.ts';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { found, HttpRefusal, Malformed } from '../http/refused.ts';
import { readSeller } from '../sellers/lockSeller.ts';

/** What a key may do, as the audit keeps it; its label is somebody's own words. */
const powersOf = ({ scope, role, sellerId, operations }: Powers) => ({ scope, role, sellerId, operations });
type Powers = Pick<ApiKeyRow, 'scope' | 'role' | 'sellerId' | 'operations'>;

/** 256 bits of chance; the scope is there for people. */
const newKey = (scope: string): string => `ge_${scope}_${randomBytes(32).toString('base64url')}`;

const routeIds = new Set(routeCatalogue.map(({ id }) => id));

export const createApiKey = handle(routes.apiKeys.createApiKey, async (call) => {
  const { tx, body, now } = call;
  const unknown = body.operations.flatMap((operation, index) =>
    routeIds.has(operation)
      ? []
      : [{ field: `/operations/${index}`, code: 'schema.invalid_value', message: 'no such operation' }],
  );
  if (unknown.length > 0) throw new Malformed(unknown);
  if (body.sellerId !== undefined) await readSeller(tx, body.sellerId);
  const key = newKey(body.scope);
  const row = {
    id: newId('key'),
    hash: hashOfKey(key),
    scope: body.scope,
    role: body.scope === 'operator' ? (body.role ?? ('viewer' as const)) : null,
    sellerId: body.sellerId ?? null,
    operations: body.operations,
    label: body.label,
    createdAt: now,
    revokedAt: null,
  };
  await tx.insert(ApiKeyEntity, [row]);
  await writeAudit(call, { action: 'key.create', target: row.id, before: null, after: powersOf(row), reason: null });
  return { status: 201, body: { ...row, key } };
});

export const listApiKeys = handle(routes.apiKeys.listApiKeys, async ({ tx, query }) => {
  const rows = await apiKeysPage(tx, { after: query.cursor ?? null, limit: query.limit + 1 });
  return { status: 200, body: pageOf(rows, query.limit, ({ id }) => id) };
});

export const rotateApiKey = handle(routes.apiKeys.rotateApiKey, async (call) => {
  const { tx, params, body, now } = call;
  const { before, after } = found(await revoke(tx, params.keyId, body.graceSeconds));
  // Its successor may exist already.
  if (before.revokedAt) throw new HttpRefusal('http.conflict');
  const key = newKey(before.scope);
  const row = { ...before, id: newId('key'), hash: hashOfKey(key), createdAt: now };
  await tx.insert(ApiKeyEntity, [row]);
  const revokedAt = after.revokedAt!;
  await writeAudit(call, {
    action: 'key.rotate',
    target: before.id,
    before: powersOf(before),
    after: { successor: row.id, revokedAt },
    reason: body.reason ?? null,
  });
  return { status: 201, body: { ...row, key, replaces: { id: before.id, revokedAt } } };
});

export const revokeApiKey = handle(routes.apiKeys.revokeApiKey, async (call) => {
  const { before, after } = found(await revoke(call.tx, call.params.keyId));
  await writeAudit(call, {
    action: 'key.revoke',
    target: before.id,
    before: { ...powersOf(before), revokedAt: before.revokedAt },
    after: { revokedAt: after.revokedAt },
    reason: null,
  });
  return { status: 204, body: undefined };
});
