import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { reason } from '../schema/reason.ts';
import { instant, ofCarrier } from '../schema/wire.ts';

const breaker = z.object({
  carrierId: z.string(),
  breaker: z.enum(['closed', 'open', 'half_open']).meta({
    description:
      '`closed`: called as ever; `open`: it is down or stopped by hand, and not called, its offers are TEMPORARILY_UNAVAILABLE ' +
      'and purchases wait; `half_open`: one call tries whether it is back',
  }),
  retryAt: instant
    .nullable()
    .meta({ description: 'When a call may try whether it is back; null where it is called, and where it is stopped' }),
  stopped: z.object({ at: instant, reason: z.string() }).nullable().meta({
    description: 'Since when it is stopped by hand and why: until it is let go on by hand; null where it is not',
  }),
  noQuotesBefore: instant.nullable().meta({
    description:
      'Until when the carrier itself wants no quotes (a long Retry-After): its offers are TEMPORARILY_UNAVAILABLE; null where it ' +
      'takes them',
  }),
  noPurchasesBefore: instant.nullable().meta({
    description: 'Until when the carrier itself wants no purchases: they wait; null where it takes them',
  }),
});

const carrier = breaker
  .extend({
    carrierName: z.string(),
    standing: z.enum(['simulator', 'no_simulator', 'unreachable']).meta({
      description: 'By what answers where purchases go, asked at this moment; `unreachable` where nothing did',
    }),
    callsPerSecond: z.number().nullable().meta({ description: 'All processes together; null without a limit' }),
    burst: z.int().nullable().meta({ description: 'Calls that may be made at once before the limit counts' }),
    simulatorId: z.string().nullable().meta({ description: 'Tells one simulator from another, as its ledger does' }),
  })
  .meta({ id: 'Carrier' });

export const listCarriers = defineRoute({
  id: 'carriers.list',
  method: 'GET',
  path: '/v1/carriers',
  scopes: ['operator'],
  rule: null,
  summary:
    'The carriers that labels are bought from, whether each works or wants to be left alone, and whether it says of itself that it ' +
    'is the simulator',
  responses: { 200: z.object({ items: z.array(carrier) }) },
  problems: [],
});

export const setBreaker = defineRoute({
  id: 'carriers.set_breaker',
  method: 'PUT',
  path: '/v1/carriers/{carrierId}/breaker',
  scopes: ['operator'],
  rule: null,
  summary:
    'Stops a carrier by hand (`open`): it is asked for no quote and nothing is bought there, look-ups and voids go on. Lets it go on ' +
    '(`closed`), whether it was stopped, taken to be down or asked for a pause itself. Every process knows within a second; the ' +
    'same again changes nothing',
  params: ofCarrier,
  body: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('open'), reason }),
    z.strictObject({ state: z.literal('closed'), reason: reason.optional() }),
  ]),
  responses: { 200: breaker.meta({ id: 'CarrierBreaker' }) },
  problems: [],
});
