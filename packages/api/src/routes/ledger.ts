import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { accepted } from '../schema/accepted.ts';
import { ofOrder } from '../schema/order.ts';
import { reclaim } from '../schema/reclaim.ts';
import { labelId } from '../schema/shipment.ts';
import { instant, money, ofCarrier, page, pageQuery } from '../schema/wire.ts';

const account = z.enum(['seller', 'buyer', 'carrier', 'import_fee_deposits', 'platform']).meta({ id: 'LedgerAccount' });

const transfer = z
  .object({
    id: z.string().meta({ description: 'What it is for; the same is never booked twice' }),
    kind: z.enum([
      'label_charge',
      'label_adjustment',
      'label_refund',
      'further_charge',
      'further_refund',
      'import_fee_deposit',
      'import_duty',
      'deposit_surplus',
      'deposit_shortfall',
    ]),
    debit: account.meta({ description: 'The account the amount leaves' }),
    credit: account.meta({ description: 'The account it reaches' }),
    amount: money,
    labelId: labelId.nullable(),
    carrierId: z.string().nullable(),
    bookedAt: instant,
  })
  .meta({ id: 'LedgerTransfer' });

const difference = z
  .object({
    kind: z
      .enum([
        'no_such_label',
        'under_way',
        'not_written_down',
        'charged_again',
        'amount_differs',
        'refund_not_written_down',
        'currency_differs',
        'not_on_statement',
      ])
      .meta({
        description: '`under_way`: the purchase is still open here, and is judged again by the next reconciliation',
      }),
    reference: z.string().meta({ description: 'Our reference as the carrier repeats it: the id of a label' }),
    lineNo: z.int().nullable().meta({ description: 'The line of the statement; null where there is none' }),
    theirs: money.nullable().meta({ description: 'What the line says' }),
    ours: money.nullable().meta({ description: 'What was written down here as the charge of the label' }),
    seenAt: instant,
    reclaim: reclaim
      .nullable()
      .meta({ description: 'What became of asking the carrier for the charge back; null where it was not asked' }),
  })
  .meta({ id: 'StatementDifference' });

export const getOrderLedger = defineRoute({
  id: 'ledger.order',
  method: 'GET',
  path: '/v1/orders/{orderId}/ledger',
  scopes: ['operator', 'producer', 'seller'],
  rule: 'R23',
  summary: 'Everything that was booked of an order, oldest first, and what of its import fee deposit is still held',
  params: ofOrder,
  responses: {
    200: z.object({
      items: z.array(transfer),
      deposit: z.object({
        held: z.array(money).meta({ description: 'By currency; empty once it is settled, or where there was none' }),
      }),
    }),
  },
  problems: [],
});

export const reconcileCarrier = defineRoute({
  id: 'ledger.reconcile',
  method: 'POST',
  path: '/v1/carriers/{carrierId}/reconciliations',
  scopes: ['operator'],
  rule: ['R17', 'R23'],
  summary: 'Reads on in what a carrier bills: books adjustments and duty, settles deposits, finds every difference',
  params: ofCarrier,
  appendsTo: ['carrier-statements'],
  responses: { 202: accepted },
  problems: ['statement.not_given'],
});

export const getStatement = defineRoute({
  id: 'ledger.statement',
  method: 'GET',
  path: '/v1/carriers/{carrierId}/statement',
  scopes: ['operator'],
  rule: 'R23',
  summary: 'How far the statement of a carrier was read',
  params: ofCarrier,
  responses: {
    200: z.object({
      carrierId: z.string(),
      given: z.boolean().meta({
        description: 'false: this carrier gives none that could be read here, and what it bills later is not known',
      }),
      lastLineNo: z.int(),
      readAt: instant.nullable().meta({ description: 'When its end was reached last' }),
    }),
  },
  problems: [],
});

export const listDifferences = defineRoute({
  id: 'ledger.differences',
  method: 'GET',
  path: '/v1/carriers/{carrierId}/differences',
  scopes: ['operator'],
  rule: ['R17', 'R23'],
  summary: 'Where the statement of a carrier and the labels differ, as the last reconciliation found it',
  params: ofCarrier,
  query: pageQuery,
  responses: { 200: page(difference) },
  problems: [],
});
