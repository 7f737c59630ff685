import { type DocumentId, type LabelId, MAX_PARCELS, type QuoteId } from '@ge/domain';
import { z } from 'zod';
import { finding } from './finding.ts';
import { text } from './goods.ts';
import { orderId } from './order.ts';
import { id, instant, money, sellerId } from './wire.ts';

export const labelId = id<LabelId>();
export const quoteId = id<QuoteId>();

export const labelFormat = z.enum(['PDF', 'PNG', 'ZPL203', 'ZPL300']).meta({ id: 'LabelFormat' });

/** A packed unit: whole grams and millimetres; what lies in it, by lines of the order. */
export const parcel = z
  .strictObject({
    weightGrams: z.number(),
    lengthMm: z.number(),
    widthMm: z.number(),
    heightMm: z.number(),
    contents: z.array(z.strictObject({ lineId: text(64, 1), quantity: z.number() })).max(1_000),
  })
  .meta({ id: 'Parcel' });

/** Which parcel of the order it is, for orders that ship in several. */
export const parcelNo = z.int().min(1).max(MAX_PARCELS).default(1);

/** Internal Transaction Number of the export filing, where the value of the goods demands one. */
export const itn = text(40).nullable().default(null).meta({ description: 'X and 14 digits' });

/** How much dearer an offer that has ended may have become when it is quoted again. */
export const priceTolerance = z
  .strictObject({
    percent: z.number().min(0).max(100).multipleOf(0.01).nullable().default(null),
    minor: z.int().min(0).max(100_000_00).nullable().default(null),
  })
  .nullable()
  .default(null)
  .meta({
    description:
      'By how much a service may cost more where its offer ends before it is bought and is quoted again: a percentage of the agreed price, minor units of its currency, or both, which then both hold. Without it the price must be the same or lower, and an offer that has ended already is refused',
  });

const day = z.string().meta({ description: 'A day such as 2026-11-22' });

/** A priced service that may be bought until `validUntil`. */
export const offer = z
  .object({
    offerToken: z.string().meta({ description: 'Names this offer when a label is bought' }),
    carrierId: z.string(),
    carrierName: z.string(),
    serviceId: z.string(),
    serviceName: z.string(),
    rate: money,
    shipDate: day,
    earliestDelivery: day,
    latestDelivery: day,
    promisedDelivery: day.meta({
      description: "The latest delivery the buyer is promised: the carrier's, and the days of the identity check",
    }),
    identityCheckDays: z.int().meta({
      description: 'Days added because the carrier asks the buyer for an identity number; 0 where it does not',
    }),
    benefits: z.object({
      included: z.array(z.string()),
      excluded: z.array(z.object({ benefit: z.string(), reasons: z.array(z.string()) })),
    }),
    labelFormats: z.array(labelFormat),
    validUntil: instant,
  })
  .meta({ id: 'Offer' });

/** A service, or with null a whole carrier, that cannot take the parcel. */
export const refusedOffer = z
  .object({
    carrierId: z.string(),
    carrierName: z.string(),
    serviceId: z.string().nullable(),
    serviceName: z.string().nullable(),
    reasons: z.array(finding),
  })
  .meta({ id: 'RefusedOffer' });

const labelState = z
  .enum([
    'requested',
    'claimed',
    'sent',
    'purchased',
    'refused',
    'unknown',
    'parked',
    'voiding',
    'voided',
    'void_refused',
  ])
  .meta({ id: 'LabelState' });

export const label = z
  .object({
    id: labelId,
    orderId,
    sellerId,
    parcelNo: z.int(),
    parcel,
    state: labelState,
    carrierId: z.string(),
    serviceId: z.string(),
    quoted: money.meta({ description: 'The price that was agreed to' }),
    requoted: money.nullable().meta({ description: 'What it cost when it was quoted again' }),
    charge: money.nullable(),
    format: labelFormat,
    isProtected: z.boolean(),
    trackingId: z.string().nullable(),
    documentId: id<DocumentId>().nullable(),
    reason: z.string().nullable().meta({ description: 'Why it was refused, parked or not voided; stable' }),
    problem: finding.nullable().meta({ description: 'The same in words, and what to do' }),
    sentAt: instant.nullable(),
    createdAt: instant,
    endedAt: instant.nullable(),
  })
  .meta({ id: 'Label' });
