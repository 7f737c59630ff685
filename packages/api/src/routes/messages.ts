import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { message, messageEvent } from '../schema/message.ts';

export const getMessage = defineRoute({
  id: 'messages.get',
  method: 'GET',
  path: '/v1/messages/{messageId}',
  scopes: ['operator'],
  rule: null,
  summary: 'A message while it is owed or dead, and what became of it so far; kept for 14 days',
  params: z.strictObject({ messageId: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
  responses: { 200: z.object({ message: message.nullable(), history: z.array(messageEvent) }) },
  problems: [],
});
