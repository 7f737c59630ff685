import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { message } from '../schema/message.ts';
import { reason } from '../schema/reason.ts';
import { id, instant, page, pageQuery } from '../schema/wire.ts';

const fingerprint = id(40).meta({ description: 'What messages that died alike have in common' });

const deadGroup = z
  .object({
    queue: z.string(),
    name: z.string(),
    fingerprint: z.string(),
    messages: z.int(),
    sellers: z.int(),
    firstAt: instant.nullable(),
    lastAt: instant.nullable(),
    sampleReason: z.string().nullable(),
    sampleId: z.int(),
  })
  .meta({ id: 'DeadGroup' });

export const listDeadGroups = defineRoute({
  id: 'deadMessages.groups',
  method: 'GET',
  path: '/v1/dead-messages/groups',
  scopes: ['operator'],
  rule: null,
  summary: 'Dead messages by what killed them',
  query: pageQuery.extend({ queue: id().optional() }),
  responses: { 200: page(deadGroup) },
  problems: [],
});

export const listDeadMessages = defineRoute({
  id: 'deadMessages.list',
  method: 'GET',
  path: '/v1/dead-messages',
  scopes: ['operator'],
  rule: null,
  summary: 'Dead messages, of one group or all, in the order of their acceptance',
  query: pageQuery.extend({
    fingerprint: fingerprint.optional(),
    queue: id().optional(),
    name: id().optional(),
  }),
  responses: { 200: page(message) },
  problems: [],
});

const how = {
  reason: reason.optional().meta({ description: 'Needed unless it is a dry run' }),
  dryRun: z.boolean().default(true),
  perSecond: z
    .int()
    .min(1)
    .max(1_000)
    .optional()
    .meta({ description: 'So many come due in a second; all at once unless told' }),
};

export const redriveDeadMessages = defineRoute({
  id: 'deadMessages.redrive',
  method: 'POST',
  path: '/v1/dead-messages/redrive',
  scopes: ['operator'],
  rule: null,
  summary: 'Makes dead messages ready as if they had never run; more than one takes an admin. Dry run unless told',
  body: z
    .union([
      z.strictObject({ fingerprint, queue: id().optional(), name: id().optional(), ...how }),
      z.strictObject({ ids: z.array(z.int().min(1)).min(1).max(1_000), ...how }),
    ])
    .refine(({ dryRun, reason: why }) => dryRun || why !== undefined, { path: ['reason'], error: 'dryRun ∨ reason' }),
  responses: {
    200: z.object({
      dryRun: z.boolean(),
      messages: z.int(),
      sellers: z.int(),
      operations: z.int().meta({ description: 'Open again, each with as many failures less' }),
      pastDeadline: z.int().meta({ description: 'Of the messages: die again at once' }),
      lastDueAt: instant,
      left: z.int().meta({ description: 'Beyond what one call takes: call again' }),
    }),
  },
  problems: [],
});
