import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { operatorRole as role } from '../schema/operatorRole.ts';
import { reason } from '../schema/reason.ts';
import { id, instant, noContent, page, pageQuery, sellerId } from '../schema/wire.ts';

const keyId = id();

const apiKey = z
  .object({
    id: keyId,
    scope: z.enum(['operator', 'producer', 'seller']),
    role: role.nullable().meta({ description: 'Of operator keys' }),
    sellerId: sellerId.nullable(),
    operations: z.array(z.string()).meta({ description: 'Route ids it is limited to; empty = all of its scope' }),
    label: z.string(),
    createdAt: instant,
    revokedAt: instant.nullable().meta({ description: 'In the future while a rotated key has time left' }),
  })
  .meta({ id: 'ApiKey' });

const keyOnce = z.string().nullable().meta({
  description: 'null in the answer to a repeated request: if the first answer was lost, revoke the key',
});

export const createApiKey = defineRoute({
  id: 'apiKeys.create',
  method: 'POST',
  path: '/v1/api-keys',
  scopes: ['operator'],
  role: 'admin',
  rule: null,
  summary: 'Makes a key; it is shown in the first answer only',
  body: z
    .strictObject({
      scope: z.enum(['operator', 'producer', 'seller']),
      role: role.optional().meta({ description: 'Of an operator key; viewer unless told' }),
      sellerId: sellerId.optional(),
      operations: z.array(z.string().min(1).max(100)).max(200).default([]),
      label: z.string().min(1).max(100),
    })
    .refine(({ scope, sellerId: of }) => (scope === 'seller') === (of !== undefined), {
      path: ['sellerId'],
      error: 'scope seller ⇔ sellerId',
    })
    .refine(({ scope, role: as }) => scope === 'operator' || as === undefined, {
      path: ['role'],
      error: 'role ⇒ scope operator',
    }),
  notKept: ['/key'],
  responses: { 201: apiKey.extend({ key: keyOnce }) },
  problems: ['http.not_found'],
});

export const rotateApiKey = defineRoute({
  id: 'apiKeys.rotate',
  method: 'POST',
  path: '/v1/api-keys/{keyId}/rotation',
  scopes: ['operator'],
  role: 'admin',
  rule: null,
  summary: 'Makes a key that may do the same, shown in the first answer only; the old one ends now or after a grace',
  params: z.strictObject({ keyId }),
  body: z.strictObject({
    graceSeconds: z.int().min(0).max(2_592_000).default(0).meta({ description: 'How long the old key goes on' }),
    reason: reason.optional(),
  }),
  notKept: ['/key'],
  responses: { 201: apiKey.extend({ key: keyOnce, replaces: z.object({ id: keyId, revokedAt: instant }) }) },
  problems: [],
});

export const listApiKeys = defineRoute({
  id: 'apiKeys.list',
  method: 'GET',
  path: '/v1/api-keys',
  scopes: ['operator'],
  rule: null,
  summary: 'Keys, oldest first, without the keys themselves',
  query: pageQuery,
  responses: { 200: page(apiKey) },
  problems: [],
});

export const revokeApiKey = defineRoute({
  id: 'apiKeys.revoke',
  method: 'DELETE',
  path: '/v1/api-keys/{keyId}',
  scopes: ['operator'],
  role: 'admin',
  rule: null,
  summary: 'Revokes a key; it works for another second at most',
  params: z.strictObject({ keyId }),
  responses: { 204: noContent },
  problems: [],
});
