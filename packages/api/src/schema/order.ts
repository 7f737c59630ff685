import type { OrderId } from '@ge/domain';
import { z } from 'zod';
import { address } from './address.ts';
import { finding } from './finding.ts';
import { country, skuCode, text } from './goods.ts';
import { id, instant, money, sellerId, templateId } from './wire.ts';

export const orderId = id<OrderId>();
export const ofOrder = z.strictObject({ orderId });

export const orderState = z.enum(['pending', 'held', 'confirmed', 'cancelled']).meta({ id: 'OrderState' });

/** A line as it is asked for. */
const lineRequest = z.strictObject({
  lineId: text(64, 1),
  sku: skuCode,
  quantity: z.number(),
  unitPrice: money,
});

/** Lists may be longer than the programme takes, so that its rule refuses them and not their shape. */
export const lineRequests = z.array(lineRequest).max(1_000);

/** A line as it was decided when the order came in. */
export const orderLine = z
  .object({
    lineId: z.string(),
    sku: skuCode,
    quantity: z.int(),
    unitPrice: money,
    accepted: z.boolean(),
    refusals: z.array(finding).meta({ description: 'Why the line was not accepted' }),
    templateId: templateId.nullable(),
    templateVersion: z.int().nullable(),
    settingVersion: z.int().nullable(),
    confirmedQuantity: z.int(),
  })
  .meta({ id: 'OrderLine' });

/** Who gave the buyer the money back. */
export const refundedBy = z.enum(['platform', 'seller']).meta({ id: 'RefundedBy' });

/** An order without the buyer's address. */
export const listedOrder = z
  .object({
    id: orderId,
    sellerId,
    isGlobalExpress: z.boolean(),
    destination: country,
    lines: z.array(orderLine),
    state: orderState,
    handlingDays: z.int(),
    shipBy: instant,
    importFeeDeposit: money.nullable(),
    payout: z.enum(['pending', 'released', 'withheld']),
    payoutReason: z.enum(['outside_label', 'ship_by_passed', 'label_voided', 'order_cancelled']).nullable(),
    regionSettingVersion: z.int().meta({ description: 'The versions the order was decided on' }),
    suspensionVersion: z.int(),
    createdAt: instant,
    confirmedAt: instant.nullable(),
    cancelledBy: z.enum(['buyer', 'seller', 'operator']).nullable(),
    countsAgainstSeller: z.boolean().nullable().meta({
      description: 'Whether the cancellation counts against the seller; null unless cancelled',
    }),
    refundedBy: refundedBy.nullable(),
    refundedAt: instant.nullable(),
  })
  .meta({ id: 'ListedOrder' });

export const order = listedOrder
  .extend({
    shipTo: address
      .nullable()
      .meta({ description: 'null after the retention time, and in the answer to a repeated request' }),
  })
  .meta({ id: 'Order' });
