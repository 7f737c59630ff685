import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { address } from '../schema/address.ts';
import { finding } from '../schema/finding.ts';
import { country, text } from '../schema/goods.ts';
import {
  lineRequests,
  listedOrder,
  ofOrder,
  order,
  orderId,
  orderLine,
  orderState,
  refundedBy,
} from '../schema/order.ts';
import { instant, money, ofSeller, page, pageQuery } from '../schema/wire.ts';

/** Answers with an order are kept without the buyer's address. */
const addressNotKept = ['/order/shipTo'] as const;

const anyone = ['operator', 'producer', 'seller'] as const;

const whatIsBought = {
  isGlobalExpress: z.boolean(),
  destination: country,
  lines: lineRequests,
  handlingDays: z.number().default(2).meta({ description: 'Business days the seller has for handing over' }),
};

const lineProblems = [
  'order.empty',
  'order.too_many_lines',
  'order.line_repeated',
  'order.quantity_invalid',
  'order.amount_invalid',
  'order.handling_days_invalid',
];

export const createOrder = defineRoute({
  id: 'orders.create',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/orders',
  scopes: ['operator', 'producer'],
  rule: ['R4', 'R5', 'R11', 'R13', 'R24'],
  summary: 'Takes an order in; each line is decided at this moment, refused ones stay on it with their reasons',
  params: ofSeller,
  body: z.strictObject({
    orderId,
    ...whatIsBought,
    shipTo: address,
    importFeeDeposit: money.nullable().default(null),
  }),
  notKept: addressNotKept,
  appendsTo: ['label-purchase'],
  responses: { 201: z.object({ order, warnings: z.array(finding) }) },
  reasonsOf: ['product', 'dangerous_goods', 'lithium', 'export', 'export_data'],
  problems: [
    ...lineProblems,
    'order.deposit_domestic',
    'order.destination_differs',
    'order.place_embargoed',
    'order.place_unclear',
    'order.all_lines_refused',
    'order.sku_unknown',
    'template.not_exporting',
    'template.destination_excluded',
    'destination.unserved',
    'destination.embargoed',
    'template.destination_suspended',
    'delivery_address.required',
    'delivery_address.too_long',
    'delivery_address.country_unknown',
    'delivery_address.in_us',
  ],
});

export const checkOrder = defineRoute({
  id: 'orders.check',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/orders/check',
  scopes: anyone,
  rule: ['R4', 'R5', 'R11', 'R13'],
  summary: 'What an order would be answered at this moment; nothing is kept',
  params: ofSeller,
  body: z.strictObject(whatIsBought),
  responses: { 200: z.object({ acceptable: z.boolean(), lines: z.array(orderLine), shipBy: instant }) },
  problems: lineProblems,
});

export const listOrders = defineRoute({
  id: 'orders.list',
  method: 'GET',
  path: '/v1/sellers/{sellerId}/orders',
  scopes: anyone,
  rule: null,
  summary: "A seller's orders in id order, of one state or all, without addresses",
  params: ofSeller,
  query: pageQuery.extend({ state: orderState.optional() }),
  responses: { 200: page(listedOrder) },
  problems: [],
});

export const getOrder = defineRoute({
  id: 'orders.get',
  method: 'GET',
  path: '/v1/orders/{orderId}',
  scopes: anyone,
  rule: null,
  summary: 'One order with its address',
  params: ofOrder,
  responses: { 200: order },
  problems: [],
});

export const changeAddress = defineRoute({
  id: 'orders.changeAddress',
  method: 'PUT',
  path: '/v1/orders/{orderId}/address',
  scopes: ['operator', 'producer'],
  rule: 'R24',
  summary: "Changes the buyer's address within the same country, as long as there is no label",
  params: ofOrder,
  body: z.strictObject({ shipTo: address }),
  notKept: addressNotKept,
  responses: { 200: z.object({ order, warnings: z.array(finding) }) },
  problems: [
    'order.has_label',
    'order.not_changeable',
    'order.country_fixed',
    'order.place_embargoed',
    'order.place_unclear',
    'delivery_address.required',
    'delivery_address.too_long',
  ],
});

export const cancelOrder = defineRoute({
  id: 'orders.cancel',
  method: 'POST',
  path: '/v1/orders/{orderId}/cancel',
  scopes: anyone,
  rule: ['R13', 'R22'],
  summary: 'Cancels an order that is not shipped; who did and whether it counts against the seller is kept on it',
  params: ofOrder,
  body: z.strictObject({
    by: z
      .enum(['buyer', 'seller', 'operator'])
      .optional()
      .meta({ description: 'Whose wish it is; a seller key may only name the seller, a producer not the operator' }),
  }),
  notKept: addressNotKept,
  responses: { 200: z.object({ order, countsAgainstSeller: z.boolean() }) },
  problems: ['order.has_label', 'order.not_cancellable'],
});

export const recordRefund = defineRoute({
  id: 'orders.refund',
  method: 'POST',
  path: '/v1/orders/{orderId}/refunds',
  scopes: ['operator', 'producer'],
  rule: 'R22',
  summary: 'Records who gave the buyer the money back; a claim is covered only where the platform did',
  params: ofOrder,
  body: z.strictObject({ by: refundedBy }),
  notKept: addressNotKept,
  responses: { 201: z.object({ order }) },
  problems: ['order.already_refunded'],
});

export const confirmShipment = defineRoute({
  id: 'orders.confirm',
  method: 'POST',
  path: '/v1/orders/{orderId}/confirmations',
  scopes: anyone,
  rule: 'R18',
  summary: 'Confirms a domestic order or a part of it; GE orders are refused, their label confirms them',
  params: ofOrder,
  body: z.strictObject({
    lineId: text(64, 1).nullable().default(null).meta({ description: 'null = the whole order' }),
    quantity: z.number().nullable().default(null).meta({ description: 'null = what is left of the line' }),
    shipDate: instant.nullable().default(null).meta({ description: 'null = now' }),
  }),
  notKept: addressNotKept,
  responses: { 200: z.object({ order, warnings: z.array(finding) }) },
  problems: [
    'confirmation.ge_order',
    'order.already_confirmed',
    'order.not_confirmable',
    'order.line_unknown',
    'order.line_already_confirmed',
    'confirmation.quantity_invalid',
    'confirmation.quantity_without_line',
    'confirmation.ship_date_in_future',
  ],
});

export const listDuties = defineRoute({
  id: 'orders.duties',
  method: 'GET',
  path: '/v1/sellers/{sellerId}/duties',
  scopes: anyone,
  rule: 'R21',
  summary: 'GE orders the seller still has to ship, also after deactivation, the most urgent first',
  params: ofSeller,
  query: pageQuery.extend({
    cursor: z
      .string()
      .regex(/^\d{1,16}~[\x21-\x7e]{1,64}$/)
      .optional(),
  }),
  responses: {
    200: page(
      z.object({
        orderId,
        destination: country,
        state: orderState,
        shipBy: instant,
        overdue: z.boolean(),
      }),
    ),
  },
  problems: [],
});
