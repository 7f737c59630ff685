import { z } from 'zod';

const text = z.string().max(200);
const country = z.string().max(2);

const postalAddress = z.object({
  addressLine1: text,
  addressLine2: text.optional(),
  cityName: text,
  provinceCode: text.optional(),
  postalCode: text.optional(),
  countryCode: country,
});

const party = z.object({
  postalAddress,
  contactInformation: z.object({ fullName: text, phone: text.optional(), email: text.optional() }),
  registrationNumbers: z
    .array(z.object({ typeCode: text, number: text }))
    .max(5)
    .optional(),
});

const packages = z
  .array(
    z.object({
      weight: z.number().positive(),
      dimensions: z.object({
        length: z.number().positive(),
        width: z.number().positive(),
        height: z.number().positive(),
      }),
    }),
  )
  .length(1);

export const ratesRequest = z.object({
  plannedShippingDate: z.iso.date(),
  customerDetails: z.object({ shipperDetails: postalAddress, receiverDetails: postalAddress }),
  packages,
  declaredValue: z.object({ price: z.number().nonnegative(), priceCurrency: z.literal('USD') }),
  hasDangerousGoods: z.boolean(),
});

export const shipmentRequest = z.object({
  plannedShippingDate: z.iso.date(),
  productCode: text,
  offerId: z.string().max(2_000),
  customerReferences: z.array(z.object({ typeCode: z.literal('CU'), value: z.string().min(1).max(35) })).length(1),
  customerDetails: z.object({ shipperDetails: party, receiverDetails: party }),
  content: z.object({
    packages,
    incoterm: text,
    exportDeclaration: z.object({
      filing: text.optional(),
      lineItems: z
        .array(
          z.object({
            description: text,
            price: z.number(),
            priceCurrency: z.literal('USD'),
            quantity: z.object({ value: z.number() }),
            commodityCode: text,
            manufacturerCountry: country,
            netWeight: z.number(),
          }),
        )
        .max(999),
    }),
  }),
  outputImageProperties: z.object({
    encodingFormat: z.enum(['PDF', 'PNG', 'ZPL']),
    printerDPI: z.union([z.literal(203), z.literal(300)]),
    invoiceRequested: z.boolean(),
  }),
});
