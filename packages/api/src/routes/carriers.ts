import { z } from 'zod';
import { defineRoute } from '../route/route.ts';

const carrier = z
  .object({
    carrierId: z.string(),
    carrierName: z.string(),
    standing: z.enum(['simulator', 'no_simulator', 'unreachable']).meta({
      description: 'By what answers where purchases go, asked at this moment; `unreachable` where nothing did',
    }),
    simulatorId: z.string().nullable().meta({ description: 'Tells one simulator from another, as its ledger does' }),
  })
  .meta({ id: 'Carrier' });

export const listCarriers = defineRoute({
  id: 'carriers.list',
  method: 'GET',
  path: '/v1/carriers',
  scopes: ['operator'],
  rule: null,
  summary: 'The carriers that labels are bought from, and whether each says of itself that it is the simulator',
  responses: { 200: z.object({ items: z.array(carrier) }) },
  problems: [],
});
