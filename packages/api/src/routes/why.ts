import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { message, messageEvent } from '../schema/message.ts';
import { id, instant } from '../schema/wire.ts';

const kind = z.enum(['message', 'operation', 'order', 'label', 'batch', 'feed', 'template', 'sku', 'seller']);

const whyReason = z
  .object({
    code: z.string(),
    message: z.string().meta({ description: 'How it stands' }),
    next: z.string().meta({ description: 'What happens next, or what to do' }),
    until: instant.nullable().meta({ description: 'When this ends by itself' }),
  })
  .meta({ id: 'WhyReason' });

export const askWhy = defineRoute({
  id: 'why.ask',
  method: 'GET',
  path: '/v1/why',
  scopes: ['operator'],
  rule: null,
  summary: 'What became of something, and what it waits for',
  query: z.strictObject({
    id: id(130).meta({
      description:
        'Of a message (`4711`), its job (`4711-2`), an operation, order, label, label batch, feed, template, SKU (`<sellerId>/<sku>`) or seller; `order:4711` names the kind',
    }),
  }),
  responses: {
    200: z.object({
      kind,
      id: z.string(),
      sellerId: z.string().nullable(),
      state: z.string(),
      reasons: z.array(whyReason).meta({ description: 'The decisive one first' }),
      messages: z.array(message.extend({ reasons: z.array(whyReason) })).meta({
        description: 'What is owed for it, dead messages among them; the 20 oldest',
      }),
      history: z.array(messageEvent),
      related: z.array(z.object({ kind, id: z.string(), state: z.string().nullable() })),
    }),
  },
  problems: ['http.not_found'],
});
