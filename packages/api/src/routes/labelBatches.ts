import { LABEL_BATCH_LIMIT } from '@ge/domain';
import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { accepted } from '../schema/accepted.ts';
import { text } from '../schema/goods.ts';
import { batchStanding, labelBatch, labelBatchItem, ofBatch, refusedBatchItem } from '../schema/labelBatch.ts';
import { orderId } from '../schema/order.ts';
import { itn, labelFormat, parcel, parcelNo, priceTolerance } from '../schema/shipment.ts';
import { download, ofSeller, page, pageQuery } from '../schema/wire.ts';

const anyone = ['operator', 'producer', 'seller'] as const;

const choose = z.enum(['cheapest', 'protected']);

export const createLabelBatch = defineRoute({
  id: 'labelBatches.create',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/label-batches',
  scopes: anyone,
  rule: ['R17', 'R18'],
  summary:
    'Asks for labels of up to 10,000 parcels: every item is judged before anything is bought; what is wrong with one keeps no other from being bought',
  params: ofSeller,
  body: z.strictObject({
    items: z
      .array(
        z.union([
          z.strictObject({ orderId, offerToken: text(100, 1), itn }),
          z.strictObject({
            orderId,
            parcelNo,
            parcel,
            choose: choose.optional().meta({ description: 'What the batch says unless told' }),
            itn,
          }),
        ]),
      )
      .min(1)
      .max(LABEL_BATCH_LIMIT),
    format: labelFormat.default('PDF').meta({ description: 'Of all its labels' }),
    choose: choose
      .default('cheapest')
      .meta({ description: 'Which offer is bought for items that name none; it is asked for when their turn comes' }),
    priceTolerance,
    allOrNothing: z
      .boolean()
      .default(false)
      .meta({ description: 'Take nothing where an item is refused: 422 with the reasons of the first of them' }),
  }),
  maxBytes: 16 * 1024 * 1024,
  appendsTo: ['label-purchase'],
  responses: {
    202: accepted.extend({
      batch: labelBatch,
      refused: z
        .array(refusedBatchItem)
        .meta({ description: 'The first 100 items that were not taken; the others with ?state=refused' }),
    }),
  },
  problems: ['label_batch.not_all_taken'],
  reasonsOf: ['label', 'label_batch', 'parcel', 'template', 'export_filing', 'order'],
});

export const listLabelBatches = defineRoute({
  id: 'labelBatches.list',
  method: 'GET',
  path: '/v1/sellers/{sellerId}/label-batches',
  scopes: anyone,
  rule: 'R17',
  summary: "A seller's label batches, the newest first",
  params: ofSeller,
  query: pageQuery,
  responses: { 200: page(labelBatch) },
  problems: [],
});

export const getLabelBatch = defineRoute({
  id: 'labelBatches.get',
  method: 'GET',
  path: '/v1/label-batches/{batchId}',
  scopes: anyone,
  rule: 'R17',
  summary: 'How far a label batch is, and what its labels cost',
  params: ofBatch,
  responses: { 200: labelBatch },
  problems: [],
});

export const listLabelBatchItems = defineRoute({
  id: 'labelBatches.items',
  method: 'GET',
  path: '/v1/label-batches/{batchId}/items',
  scopes: anyone,
  rule: 'R17',
  summary: 'The items of a label batch in the order sent, with their labels or what stands against them',
  params: ofBatch,
  query: pageQuery.extend({ state: batchStanding.optional() }),
  responses: { 200: page(labelBatchItem) },
  problems: [],
});

const steering = { method: 'POST', scopes: anyone, rule: 'R17', params: ofBatch } as const;

export const pauseLabelBatch = defineRoute({
  ...steering,
  id: 'labelBatches.pause',
  path: '/v1/label-batches/{batchId}/pause',
  summary: 'Holds back what was not sent to a carrier; what was sent ends as it ends',
  responses: { 200: labelBatch },
  problems: ['label_batch.cancelled'],
});

export const resumeLabelBatch = defineRoute({
  ...steering,
  id: 'labelBatches.resume',
  path: '/v1/label-batches/{batchId}/resume',
  summary: 'Goes on with a paused batch; offers that ended meanwhile are quoted again',
  responses: { 200: labelBatch },
  problems: ['label_batch.cancelled'],
});

export const cancelLabelBatch = defineRoute({
  ...steering,
  id: 'labelBatches.cancel',
  path: '/v1/label-batches/{batchId}/cancel',
  summary:
    'Ends what was not sent to a carrier, for good; what was sent ends as it ends, and can be voided label by label',
  responses: { 200: labelBatch },
  problems: [],
});

export const downloadLabelBatch = defineRoute({
  id: 'labelBatches.document',
  method: 'GET',
  path: '/v1/label-batches/{batchId}/document',
  scopes: anyone,
  rule: 'R17',
  summary:
    'The labels bought so far as one document, in the order of the items: pages of one PDF, or ZPL one after another',
  params: ofBatch,
  responses: { 200: download('application/pdf', 'application/zpl') },
  problems: ['label_batch.nothing_to_print', 'label_batch.format_not_joined'],
});
