import type { LabelBatchId } from '@ge/domain';
import { z } from 'zod';
import { finding } from './finding.ts';
import { orderId } from './order.ts';
import { label, labelFormat, priceTolerance } from './shipment.ts';
import { id, instant, money, operationId, sellerId } from './wire.ts';

const labelBatchId = id<LabelBatchId>();
export const ofBatch = z.strictObject({ batchId: labelBatchId });

export const batchStanding = z
  .enum(['waiting', 'under_way', 'parked', 'bought', 'voided', 'refused', 'cancelled'])
  .meta({
    id: 'LabelBatchItemState',
    description:
      'waiting: no label is asked for yet; under_way: its label is not settled; parked: a person has to find out; voided: bought and taken back',
  });

const batchState = z.enum(['open', 'paused', 'cancelled', 'closed']).meta({
  id: 'LabelBatchState',
  description: 'closed: nothing of it is waiting or under way any more',
});

const standingCounts = z.object({
  waiting: z.int(),
  under_way: z.int(),
  parked: z.int(),
  bought: z.int(),
  voided: z.int(),
  refused: z.int(),
  cancelled: z.int(),
});

const carrierAwaited = z.object({
  carrierId: z.string(),
  labels: z.int().meta({
    description: 'Labels that wait to be sent there; 0 where only items that have stepped aside wait for it',
  }),
  reason: z.enum(['down', 'stopped', 'asked']).meta({
    description:
      'stopped: by the operator; asked: it asked for a pause itself; all but a stopped one are called again by themselves',
  }),
  retryAt: instant.nullable().meta({ description: 'When it is called again; null where it is stopped' }),
});

export const labelBatch = z
  .object({
    id: labelBatchId,
    sellerId,
    operationId,
    state: batchState,
    format: labelFormat,
    priceTolerance,
    total: z.int().meta({ description: 'Items, the refused ones among them' }),
    counts: standingCounts.meta({ description: 'Items by how they stand' }),
    aside: z.int().meta({
      description:
        'Of those waiting: how many have stepped aside, because a carrier that may take them gives no answer; the others go on, and it is asked again with growing pauses, for a day unless the operator says otherwise',
    }),
    awaited: z.array(carrierAwaited).meta({
      description:
        'Carriers that are down, stopped or asked for a pause, and that it waits for; parcels that others take go on meanwhile',
    }),
    charged: z.array(money).meta({ description: 'What the bought labels cost, one amount for each currency' }),
    createdAt: instant,
  })
  .meta({ id: 'LabelBatch' });

/** Place in what was sent, from 0. */
const itemNo = z.int().meta({ description: 'Its place in what was sent, from 0' });

export const labelBatchItem = z
  .object({
    itemNo,
    orderId,
    parcelNo: z.int().nullable(),
    state: batchStanding,
    label: label.nullable(),
    refusals: z.array(finding).meta({ description: 'Why no label was asked for; fields point into the item' }),
    askAgainAt: instant
      .nullable()
      .meta({ description: 'Of one that has stepped aside: when carriers are asked again' }),
  })
  .meta({ id: 'LabelBatchItem' });

export const refusedBatchItem = z
  .object({ itemNo, orderId, refusals: z.array(finding) })
  .meta({ id: 'RefusedLabelBatchItem' });
