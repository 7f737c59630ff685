import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { operatorRole } from '../schema/operatorRole.ts';
import { instant, page, pageQuery } from '../schema/wire.ts';

export const listAudit = defineRoute({
  id: 'audit.list',
  method: 'GET',
  path: '/v1/audit',
  scopes: ['operator'],
  rule: null,
  summary: 'What people of operations changed, the newest first',
  query: pageQuery.extend({ target: z.string().min(1).max(200).optional() }),
  responses: {
    200: page(
      z
        .object({
          id: z.int(),
          at: instant,
          actor: z.string().meta({ description: 'Id of the API key that acted' }),
          role: operatorRole,
          action: z.string(),
          target: z.string(),
          before: z.unknown(),
          after: z.unknown(),
          reason: z.string().nullable(),
        })
        .meta({ id: 'AuditEntry' }),
    ),
  },
  problems: [],
});
