import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { events, instant, ofSeller, operationId, page, pageQuery, sellerId } from '../schema/wire.ts';

export const operation = z
  .object({
    id: operationId,
    sellerId: sellerId.nullable(),
    kind: z.string(),
    commandNo: z
      .int()
      .nullable()
      .meta({ description: "Its place in the seller's order of commands; null where it has none" }),
    state: z.enum(['open', 'closed']),
    total: z.int(),
    done: z.int(),
    failed: z.int(),
    cancelled: z.int(),
    fannedOut: z.boolean().meta({ description: 'True once `total` is final' }),
    counts: z.record(z.string(), z.number()),
    result: z.unknown().meta({
      description:
        'What a command answers beyond numbers; reasons in it carry message and remedy in the language of the request',
    }),
    createdAt: instant,
    closedAt: instant.nullable(),
  })
  .meta({ id: 'Operation' });

export const getOperation = defineRoute({
  id: 'operations.get',
  method: 'GET',
  path: '/v1/operations/{operationId}',
  scopes: ['operator', 'producer', 'seller'],
  rule: null,
  summary: 'How far an accepted command has come',
  params: z.strictObject({ operationId }),
  responses: { 200: operation },
  problems: [],
});

export const followOperation = defineRoute({
  id: 'operations.follow',
  method: 'GET',
  path: '/v1/operations/{operationId}/events',
  scopes: ['operator', 'producer', 'seller'],
  rule: null,
  summary: 'The same as server-sent events: how far it is at once, then every change, until it is closed',
  params: z.strictObject({ operationId }),
  responses: { 200: events(operation) },
  problems: [],
});

export const listOperations = defineRoute({
  id: 'operations.list',
  method: 'GET',
  path: '/v1/sellers/{sellerId}/operations',
  scopes: ['operator', 'producer', 'seller'],
  rule: null,
  summary: "A seller's commands, newest first",
  params: ofSeller,
  query: pageQuery.extend({ state: z.enum(['open', 'closed']).optional() }),
  responses: { 200: page(operation) },
  problems: [],
});
