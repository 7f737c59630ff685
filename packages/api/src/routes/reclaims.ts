import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { accepted } from '../schema/accepted.ts';
import { reason } from '../schema/reason.ts';
import { reclaim, reclaimState } from '../schema/reclaim.ts';
import { ofCarrier, page, pageQuery } from '../schema/wire.ts';

export const listReclaims = defineRoute({
  id: 'reclaims.list',
  method: 'GET',
  path: '/v1/carriers/{carrierId}/reclaims',
  scopes: ['operator'],
  rule: 'R23',
  summary: 'What a carrier charged beside the shipments of labels, and what became of asking for it back',
  params: ofCarrier,
  query: pageQuery.extend({ state: reclaimState.optional() }),
  responses: { 200: page(reclaim) },
  problems: [],
});

export const askAgain = defineRoute({
  id: 'reclaims.ask_again',
  method: 'POST',
  path: '/v1/carriers/{carrierId}/reclaims/{shipmentRef}/requests',
  scopes: ['operator'],
  rule: 'R23',
  summary: 'Has the carrier asked once more for a charge that it refused to give back, or never answered for',
  params: ofCarrier.extend({ shipmentRef: z.string().min(1).max(200) }),
  body: z.strictObject({ reason }),
  appendsTo: ['label-purchase'],
  evenOverloaded: true,
  responses: { 202: accepted.extend({ reclaim }) },
  problems: ['reclaim.not_refused', 'reclaim.own_shipment', 'reclaim.label_open'],
});
