import { randomBytes } from 'node:crypto';
import { routeCatalogue, routes } from '@ge/api';
import { ApiKeyEntity, apiKeysPage, newId, revokeApiKey as revoke } from '@ge/database';
import { hashOfKey } from '../http/access.ts';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { Malformed, NotFound } from '../http/refused.ts';
import { readSeller } from '../sellers/lockSeller.ts';

const routeIds = new Set(routeCatalogue.map(({ id }) => id));

export const createApiKey = handle(routes.apiKeys.createApiKey, async ({ tx, body, now }) => {
  const unknown = body.operations.flatMap((operation, index) =>
    routeIds.has(operation)
      ? []
      : [{ field: `/operations/${index}`, code: 'schema.invalid_value', message: 'no such operation' }],
  );
  if (unknown.length > 0) throw new Malformed(unknown);
  if (body.sellerId !== undefined) await readSeller(tx, body.sellerId);
  const key = `ge_${body.scope}_${randomBytes(32).toString('base64url')}`;
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
  return { status: 201, body: { ...row, key } };
});

export const listApiKeys = handle(routes.apiKeys.listApiKeys, async ({ tx, query }) => {
  const rows = await apiKeysPage(tx, { after: query.cursor ?? null, limit: query.limit + 1 });
  return { status: 200, body: pageOf(rows, query.limit, ({ id }) => id) };
});

export const revokeApiKey = handle(routes.apiKeys.revokeApiKey, async ({ tx, params, now }) => {
  if (!(await revoke(tx, params.keyId, now))) throw new NotFound();
  return { status: 204, body: undefined };
});
