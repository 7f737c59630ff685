import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { reason } from '../schema/reason.ts';
import { id, instant, page, pageQuery, sellerId } from '../schema/wire.ts';

const count = z.int().meta({ description: 'Up to 10,000, which says that many or more' });

const sellerBacklog = z
  .object({
    queue: z.string(),
    sellerId: z.string().meta({ description: '`-` is programme-wide work' }),
    ready: count,
    later: count,
    oldestAt: instant.nullable().meta({ description: 'When the oldest of those to be run now was accepted' }),
    nextDueAt: instant.nullable().meta({ description: 'When the first of those for later is due' }),
  })
  .meta({ id: 'SellerBacklog' });

export const listBacklog = defineRoute({
  id: 'backlog.list',
  method: 'GET',
  path: '/v1/backlog',
  scopes: ['operator'],
  rule: null,
  summary: 'Who is owed work, by queue and seller',
  query: pageQuery.extend({
    queue: id().optional(),
    sellerId: id().optional(),
    withLater: z
      .enum(['true', 'false'])
      .default('false')
      .meta({ description: 'Also those who are owed only what is for later' }),
  }),
  responses: { 200: page(sellerBacklog) },
  problems: [],
});

export const cancelBacklog = defineRoute({
  id: 'backlog.cancel',
  method: 'POST',
  path: '/v1/backlog/cancellation',
  scopes: ['operator'],
  role: 'admin',
  rule: 'R17',
  summary:
    "Ends a seller's backlog instead of running it; what was sent to a carrier goes on. Says only what would be unless `dryRun` is false",
  body: z
    .strictObject({
      sellerId,
      queue: id().optional().meta({ description: 'In this queue only' }),
      reason: reason.optional().meta({ description: 'Needed unless it is a dry run' }),
      dryRun: z.boolean().default(true),
    })
    .refine(({ dryRun, reason: why }) => dryRun || why !== undefined, { path: ['reason'], error: 'dryRun ∨ reason' }),
  responses: {
    200: z.object({
      dryRun: z.boolean(),
      jobs: z.array(
        z.object({
          queue: z.string(),
          name: z.string(),
          cancelled: z.int().meta({ description: 'To be ended by a worker instead of being run' }),
          kept: z.object({
            always_carried_out: z.int().optional().meta({ description: 'The job says that it is never cancelled' }),
            sent: z.int().optional().meta({ description: 'Left for the carrier: the outcome has to be found out' }),
            running: z.int().optional().meta({ description: 'In the hands of a worker at this moment' }),
          }),
        }),
      ),
      isMore: z.boolean().meta({ description: 'There is more than one call takes: call again' }),
    }),
  },
  problems: [],
});
