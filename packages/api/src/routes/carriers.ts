import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { instant } from '../schema/wire.ts';

const carrier = z
  .object({
    carrierId: z.string(),
    carrierName: z.string(),
    standing: z.enum(['simulator', 'no_simulator', 'unreachable']).meta({
      description: 'By what answers where purchases go, asked at this moment; `unreachable` where nothing did',
    }),
    breaker: z.enum(['closed', 'open', 'half_open']).meta({
      description:
        '`closed`: called as ever; `open`: it is down and not called, its offers are TEMPORARILY_UNAVAILABLE and purchases wait; ' +
        '`half_open`: one call tries whether it is back',
    }),
    retryAt: instant
      .nullable()
      .meta({ description: 'When a call may try whether it is back; null where it is called' }),
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
    'The carriers that labels are bought from, whether each works, and whether it says of itself that it is the simulator',
  responses: { 200: z.object({ items: z.array(carrier) }) },
  problems: [],
});
