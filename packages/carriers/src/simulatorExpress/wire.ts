import { z } from 'zod';
import { amountFromWire, required, signedAmountFromWire } from '../wire/amount.ts';

const text = z.string().min(1).max(200);
const day = z.iso.date();
const instant = z.iso.datetime().transform((value) => new Date(value));

const amount = z
  .object({ priceCurrency: z.string().length(3), price: z.number() })
  .transform((value, context) => required(amountFromWire(String(value.price), value.priceCurrency), context));

const document = z.object({
  typeCode: z.enum(['label', 'invoice']),
  imageFormat: z.enum(['PDF', 'PNG', 'ZPL']),
  printerDPI: z.number().int().optional(),
  content: z.string().min(1),
  sha256: z.string().length(64),
});

export const expressRatesAnswer = z.object({
  products: z
    .array(
      z.object({
        productCode: text,
        productName: text,
        totalPrice: amount,
        offerId: z.string().min(1).max(2_000),
        offerValidUntil: instant,
        pickupDate: day,
        estimatedDelivery: z.object({ earliest: day, latest: day }),
        isTracked: z.boolean(),
        incoterms: z.array(z.string()).max(20),
        limits: z.object({ weight: z.number().positive(), longestSide: z.number().positive() }),
        labelFormats: z.array(z.enum(['PDF', 'PNG', 'ZPL203', 'ZPL300'])).max(10),
      }),
    )
    .max(100),
  rejectedProducts: z.array(z.object({ productCode: text, productName: text, reasonCode: text })).max(100),
});

export const expressShipment = z.object({
  shipmentId: text,
  shipmentTrackingNumber: text,
  customerReference: text,
  status: z.enum(['booked', 'cancelled']),
  bookedAt: instant,
  shipmentCharges: amount,
  documents: z.array(document).max(10).optional(),
});

export type ExpressShipment = z.output<typeof expressShipment>;

export const expressLookUpAnswer = z.object({ shipments: z.array(expressShipment).max(100) });

export const expressCancelAnswer = z.object({ shipmentId: text, status: z.literal('cancelled'), refund: amount });

export const expressTrackingAnswer = z.object({
  shipments: z
    .array(z.object({ events: z.array(z.object({ typeCode: text, timestamp: instant })).max(500) }))
    .length(1),
});

const lineAmount = z
  .object({ priceCurrency: z.string().length(3), price: z.number() })
  .transform((value, context) => required(signedAmountFromWire(String(value.price), value.priceCurrency), context));

export const expressStatementAnswer = z.object({
  lines: z
    .array(
      z.object({
        lineNumber: z.int().positive(),
        bookedAt: instant,
        type: z.enum(['TRANSPORT', 'CANCELLATION', 'REWEIGH', 'DUTY']),
        customerReference: text,
        shipmentId: text,
        amount: lineAmount,
      }),
    )
    .max(10_000),
  nextLine: z.int().positive().optional(),
});

/** DHL-like: the code stands before the text of `detail`. */
export const expressError = z.object({ status: z.number(), title: z.string(), detail: z.string().max(2_000) });
