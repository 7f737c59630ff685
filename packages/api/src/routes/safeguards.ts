import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { finding } from '../schema/finding.ts';
import { ofOrder, orderId } from '../schema/order.ts';

const verdict = z
  .object({
    isProtected: z.boolean().meta({ description: 'Does not count against the seller' }),
    policyId: z.string().meta({ description: 'The version in force when the order was placed' }),
    checklist: z.array(z.object({ condition: z.string(), met: z.boolean(), reasons: z.array(finding) })),
  })
  .meta({ id: 'SafeguardVerdict' });

export const getSafeguards = defineRoute({
  id: 'safeguards.get',
  method: 'GET',
  path: '/v1/orders/{orderId}/safeguards',
  scopes: ['operator', 'producer', 'seller'],
  rule: ['R13', 'R22'],
  summary: 'The three verdicts on an order, each with its whole checklist',
  params: ofOrder,
  responses: {
    200: z.object({
      orderId,
      negative_feedback: verdict,
      a_to_z_claim: verdict,
      valid_tracking_rate: verdict,
    }),
  },
  problems: [],
});
