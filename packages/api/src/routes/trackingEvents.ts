import { trackingEventCodes } from '@ge/domain';
import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { accepted } from '../schema/accepted.ts';
import { finding } from '../schema/finding.ts';
import { text } from '../schema/goods.ts';
import { orderId } from '../schema/order.ts';
import { instant } from '../schema/wire.ts';

export const eventsPerCall = 500;

export const reportTrackingEvents = defineRoute({
  id: 'trackingEvents.report',
  method: 'POST',
  path: '/v1/tracking-events',
  scopes: ['operator', 'producer'],
  rule: ['R17', 'R22'],
  summary: "Up to 500 reports of carriers: events of labels bought here, and orders seen under somebody else's label",
  body: z.strictObject({
    events: z
      .array(
        z.discriminatedUnion('kind', [
          z.strictObject({
            kind: z.literal('event'),
            trackingId: text(100, 1),
            code: z.enum(trackingEventCodes),
            happenedAt: instant,
          }),
          z.strictObject({
            kind: z.literal('outside_label'),
            orderId,
            trackingId: text(100, 1),
            happenedAt: instant,
          }),
        ]),
      )
      .min(1)
      .max(eventsPerCall),
  }),
  appendsTo: ['label-purchase'],
  responses: {
    202: accepted.extend({
      results: z
        .array(z.object({ outcome: z.enum(['recorded', 'refused']), refusals: z.array(finding) }))
        .meta({ description: 'In the order sent; what was reported before is recorded once' }),
    }),
  },
  problems: [],
});
