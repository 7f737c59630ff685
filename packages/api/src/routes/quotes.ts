import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { finding } from '../schema/finding.ts';
import { ofOrder, orderId } from '../schema/order.ts';
import { itn, labelFormat, offer, parcel, parcelNo, quoteId, refusedOffer } from '../schema/shipment.ts';

export const parcelProblems = [
  'label.order_not_ge',
  'label.order_not_open',
  'label.destination_suspended',
  'label.address_erased',
  'label.customs_incomplete',
  'parcel.weight_invalid',
  'parcel.size_invalid',
  'parcel.empty',
  'parcel.line_unknown',
  'parcel.quantity_invalid',
  'template.ship_from_missing',
  'label.ship_from_phone_missing',
];

export const createQuote = defineRoute({
  id: 'quotes.create',
  method: 'POST',
  path: '/v1/orders/{orderId}/quotes',
  scopes: ['operator', 'producer', 'seller'],
  rule: ['R5', 'R13', 'R17', 'R22'],
  summary:
    'Asks all carriers at once what a parcel costs: offers that can be bought, and the others with their reasons',
  params: ofOrder,
  body: z.strictObject({ parcelNo, parcel, format: labelFormat.default('PDF'), itn }),
  responses: {
    201: z.object({
      quoteId,
      orderId,
      parcelNo: z.int(),
      shipDate: z.string(),
      offers: z.array(offer).meta({ description: 'Cheapest first' }),
      refused: z.array(refusedOffer),
      exportFiling: z
        .object({
          itnRequired: z.boolean(),
          proof: z.string().nullable().meta({ description: 'The ITN, or the exemption declared instead' }),
          problems: z.array(finding).meta({ description: 'What must be put right before a label can be bought' }),
        })
        .meta({ description: 'Whether the parcel must be filed in AES first (15 CFR 30)' }),
    }),
  },
  problems: parcelProblems,
});
