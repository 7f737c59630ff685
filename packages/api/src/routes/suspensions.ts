import type { SuspensionId } from '@ge/domain';
import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { accepted } from '../schema/accepted.ts';
import { id, instant, page, pageQuery } from '../schema/wire.ts';

const suspensionId = id<SuspensionId>();

export const suspension = z
  .object({
    id: suspensionId,
    destination: z.string(),
    state: z.enum(['active', 'lifted']),
    reason: z.string(),
    version: z.int(),
    suspendedAt: instant,
    liftedAt: instant.nullable(),
  })
  .meta({ id: 'Suspension' });

export const suspend = defineRoute({
  id: 'suspensions.suspend',
  method: 'POST',
  path: '/v1/suspensions',
  scopes: ['operator'],
  rule: 'R13',
  summary:
    'Stops a destination for the whole programme: in force with the answer, visible in every template soon after',
  body: z.strictObject({ destination: z.string().max(20), reason: z.string().max(2_000) }),
  appendsTo: ['region-fanout'],
  evenOverloaded: true,
  responses: { 202: accepted.extend({ suspension }) },
  problems: ['suspension.already_active', 'suspension.reason_invalid', 'destination.malformed', 'destination.domestic'],
});

export const lift = defineRoute({
  id: 'suspensions.lift',
  method: 'POST',
  path: '/v1/suspensions/{suspensionId}/lift',
  scopes: ['operator'],
  rule: 'R13',
  summary: "Lifts one suspension and only that; sellers' exclusions stay",
  params: z.strictObject({ suspensionId }),
  appendsTo: ['region-fanout'],
  responses: { 202: accepted.extend({ suspension }) },
  problems: ['suspension.already_lifted'],
});

export const listSuspensions = defineRoute({
  id: 'suspensions.list',
  method: 'GET',
  path: '/v1/suspensions',
  scopes: ['operator', 'producer', 'seller'],
  rule: 'R13',
  summary: 'Suspensions in the order they were made',
  query: pageQuery.extend({ state: z.enum(['active', 'lifted']).optional() }),
  responses: { 200: page(suspension) },
  problems: [],
});
