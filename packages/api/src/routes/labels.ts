import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { accepted } from '../schema/accepted.ts';
import { text } from '../schema/goods.ts';
import { ofOrder } from '../schema/order.ts';
import { itn, label, labelFormat, labelId, parcel, parcelNo, priceTolerance } from '../schema/shipment.ts';
import { download, money, page, pageQuery } from '../schema/wire.ts';
import { parcelProblems } from './quotes.ts';

const anyone = ['operator', 'producer', 'seller'] as const;
const ofLabel = z.strictObject({ labelId });

export const purchaseProblems = [
  ...parcelProblems,
  'label.already_active',
  'label.quote_unknown',
  'label.offer_expired',
  'label.offer_used',
  'label.format_unavailable',
  'export_filing.required',
  'export_filing.itn_malformed',
];

export const requestLabel = defineRoute({
  id: 'labels.request',
  method: 'POST',
  path: '/v1/orders/{orderId}/labels',
  scopes: anyone,
  rule: ['R17', 'R18'],
  summary: 'Buys a label: by the token of an offer, or whatever is cheapest (or the cheapest protected) at this moment',
  params: ofOrder,
  body: z.union([
    z.strictObject({ offerToken: text(100, 1), format: labelFormat.default('PDF'), itn, priceTolerance }),
    z.strictObject({
      choose: z.enum(['cheapest', 'protected']),
      parcelNo,
      parcel,
      format: labelFormat.default('PDF'),
      itn,
      priceTolerance,
    }),
  ]),
  appendsTo: ['label-purchase'],
  responses: { 202: accepted.extend({ label }) },
  problems: [...purchaseProblems, 'label.no_offer', 'label.no_protected_offer'],
});

export const listLabels = defineRoute({
  id: 'labels.list',
  method: 'GET',
  path: '/v1/orders/{orderId}/labels',
  scopes: anyone,
  rule: 'R17',
  summary: 'Every label of an order, oldest first',
  params: ofOrder,
  responses: { 200: z.object({ items: z.array(label) }) },
  problems: [],
});

export const getLabel = defineRoute({
  id: 'labels.get',
  method: 'GET',
  path: '/v1/labels/{labelId}',
  scopes: anyone,
  rule: 'R17',
  summary: 'How far a purchase is, and what came of it',
  params: ofLabel,
  responses: { 200: label },
  problems: [],
});

export const downloadLabel = defineRoute({
  id: 'labels.document',
  method: 'GET',
  path: '/v1/labels/{labelId}/document',
  scopes: anyone,
  rule: 'R17',
  summary: 'The label to print',
  params: ofLabel,
  responses: { 200: download('application/pdf', 'image/png', 'application/zpl', 'text/plain') },
  problems: [],
});

export const printCommercialInvoice = defineRoute({
  id: 'labels.invoice',
  method: 'GET',
  path: '/v1/labels/{labelId}/invoice',
  scopes: anyone,
  rule: ['R5', 'R23'],
  summary:
    'The commercial invoice of a bought label, as customs want it beside the parcel: HS codes, origins, values, DDP',
  params: ofLabel,
  responses: { 200: download('application/pdf') },
  problems: [],
});

export const voidLabel = defineRoute({
  id: 'labels.void',
  method: 'POST',
  path: '/v1/labels/{labelId}/void',
  scopes: anyone,
  rule: 'R17',
  summary: 'Takes a purchased label back, before its first scan and within the window of the carrier',
  params: ofLabel,
  appendsTo: ['label-purchase'],
  evenOverloaded: true,
  responses: { 202: accepted.extend({ label }) },
  problems: ['label.not_voidable', 'label.already_scanned', 'label.void_window_passed'],
});

export const listParkedLabels = defineRoute({
  id: 'labels.parked',
  method: 'GET',
  path: '/v1/parked-labels',
  scopes: ['operator'],
  rule: 'R17',
  summary: 'Purchases whose outcome a person has to find out, oldest first',
  query: pageQuery,
  responses: { 200: page(label) },
  problems: [],
});

export const resolveParkedLabel = defineRoute({
  id: 'labels.resolve',
  method: 'POST',
  path: '/v1/labels/{labelId}/resolution',
  scopes: ['operator'],
  rule: 'R17',
  summary: 'Ends a parked purchase with what a person found out at the carrier; it never goes out again',
  params: ofLabel,
  body: z.discriminatedUnion('found', [
    z.strictObject({
      found: z.literal('bought'),
      charge: money,
      shipmentRef: text(100, 1),
      trackingId: text(100, 1),
    }),
    z.strictObject({ found: z.literal('not_bought') }),
  ]),
  appendsTo: ['label-purchase'],
  evenOverloaded: true,
  responses: { 200: label },
  problems: ['label.not_parked'],
});
