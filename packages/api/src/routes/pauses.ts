import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { reason } from '../schema/reason.ts';
import { id, instant, page, pageQuery } from '../schema/wire.ts';

const everything = '*';
const queue = id().meta({ description: 'A queue of the fleet; `*` = every queue' });
const sellerId = id().meta({ description: 'A seller; `*` = every seller' });

const pause = z
  .object({ queue: z.string(), sellerId: z.string(), reason: z.string(), createdAt: instant })
  .meta({ id: 'Pause' });

export const listPauses = defineRoute({
  id: 'pauses.list',
  method: 'GET',
  path: '/v1/pauses',
  scopes: ['operator'],
  rule: null,
  summary: 'What is held back: queues, sellers, sellers in a queue',
  query: pageQuery,
  responses: { 200: page(pause) },
  problems: [],
});

export const setPause = defineRoute({
  id: 'pauses.set',
  method: 'POST',
  path: '/v1/pauses',
  scopes: ['operator'],
  rule: null,
  summary: 'Holds a queue, a seller, or a seller in a queue back; what workers hold already is finished',
  body: z.strictObject({ queue: queue.default(everything), sellerId: sellerId.default(everything), reason }),
  responses: { 200: pause },
  problems: [],
});

export const liftPause = defineRoute({
  id: 'pauses.lift',
  method: 'DELETE',
  path: '/v1/pauses/{queue}/{sellerId}',
  scopes: ['operator'],
  rule: null,
  summary: 'Lets go of what a pause held back, with the next look of the relay',
  params: z.strictObject({ queue, sellerId }),
  responses: { 200: pause },
  problems: [],
});
