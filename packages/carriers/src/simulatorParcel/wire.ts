import { z } from 'zod';
import { amountFromWire, required } from '../wire/amount.ts';
import { dashedDay } from '../wire/day.ts';

const text = z.string().min(1).max(200);
const day = z
  .string()
  .regex(/^\d{8}$/)
  .transform(dashedDay)
  .pipe(z.iso.date());
const instant = z.iso.datetime().transform((value) => new Date(value));
const decimal = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,3})?$/)
  .transform(Number);
const flag = z.enum(['Y', 'N']).transform((value) => value === 'Y');

const amount = z
  .object({ CurrencyCode: z.string().length(3), MonetaryValue: z.string().max(20) })
  .transform((value, context) => required(amountFromWire(value.MonetaryValue, value.CurrencyCode), context));

const service = z.object({ Code: text, Description: text });

const image = z.object({
  ImageFormat: z.object({ Code: z.enum(['PDF', 'PNG', 'ZPL']) }),
  Resolution: z
    .string()
    .regex(/^\d{3}$/)
    .transform(Number)
    .optional(),
  GraphicImage: z.string().min(1),
  MD5: z.string().length(24),
});

export type ParcelImage = z.output<typeof image>;

export const parcelRateAnswer = z.object({
  RateResponse: z.object({
    RatedShipment: z
      .array(
        z.object({
          Service: service,
          TotalCharges: amount,
          QuoteReference: z.string().min(1).max(2_000),
          QuoteExpires: instant,
          PickupDate: day,
          TimeInTransit: z.object({ EarliestDelivery: day, LatestDelivery: day }),
          Tracked: flag,
          DutyPaid: flag,
          MaximumWeight: decimal,
          MaximumLength: decimal,
          LabelImageFormat: z.array(z.enum(['PDF', 'PNG', 'ZPL203', 'ZPL300'])).max(10),
        }),
      )
      .max(100),
    Alert: z.array(z.object({ Service: service, Code: text })).max(100),
  }),
});

const shipmentResults = z.object({
  CustomerContext: text,
  ShipmentIdentificationNumber: text,
  Status: z.enum(['ACTIVE', 'VOIDED']),
  ShipmentDate: instant,
  ShipmentCharges: z.object({ TotalCharges: amount }),
  PackageResults: z.array(z.object({ TrackingNumber: text, ShippingLabel: image.optional() })).length(1),
  Form: z.object({ Image: image }).optional(),
});

export type ParcelShipment = z.output<typeof shipmentResults>;

export const parcelShipAnswer = z.object({ ShipmentResponse: z.object({ ShipmentResults: shipmentResults }) });

export const parcelSearchAnswer = z.object({
  SearchResponse: z.object({ ShipmentResults: z.array(shipmentResults).max(100) }),
});

export const parcelVoidAnswer = z.object({
  VoidShipmentResponse: z.object({
    SummaryResult: z.object({ Status: z.object({ Code: z.literal('1') }), RefundAmount: amount }),
  }),
});

export const parcelTrackAnswer = z.object({
  trackResponse: z.object({
    shipment: z
      .array(
        z.object({
          package: z
            .array(
              z.object({
                activity: z
                  .array(z.object({ status: z.object({ code: text }), gmtDate: day, gmtTime: z.iso.time() }))
                  .max(500),
              }),
            )
            .length(1),
        }),
      )
      .length(1),
  }),
});

export const parcelBillingAnswer = z.object({
  BillingResponse: z.object({
    Line: z
      .array(
        z.object({
          Sequence: z
            .string()
            .regex(/^[1-9]\d{0,11}$/)
            .transform(Number),
          PostedAt: instant,
          ChargeCode: z.enum(['FRT', 'VOD', 'ADJ', 'ISC']),
          CustomerContext: text,
          ShipmentIdentificationNumber: text,
          Credit: flag,
          Amount: amount,
        }),
      )
      .max(10_000),
    Next: z
      .string()
      .regex(/^[1-9]\d{0,11}$/)
      .transform(Number)
      .optional(),
  }),
});

/** UPS-like: a list of numbered errors in an envelope. */
export const parcelError = z.object({
  response: z.object({
    errors: z
      .array(z.object({ code: text, message: z.string().max(2_000) }))
      .min(1)
      .max(20),
  }),
});
