import { z } from 'zod';

const text = z.string().max(200);
const decimal = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,3})?$/)
  .transform(Number);
const day = z
  .string()
  .regex(/^\d{8}$/)
  .transform((value) => `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}`)
  .pipe(z.iso.date());
const amount = z.object({ CurrencyCode: z.literal('USD'), MonetaryValue: decimal });
const ounces = z.object({ UnitOfMeasurement: z.object({ Code: z.literal('OZS') }), Weight: decimal });

const address = z.object({
  AddressLine: z.array(text).min(1).max(3),
  City: text,
  StateProvinceCode: text.optional(),
  PostalCode: text.optional(),
  CountryCode: z.string().max(2),
});

const party = z.object({
  Name: text,
  Phone: z.object({ Number: text }).optional(),
  Address: address,
  TaxIdentificationNumber: text.optional(),
});

const packageMeasures = z.object({
  PackageWeight: ounces,
  Dimensions: z.object({
    UnitOfMeasurement: z.object({ Code: z.literal('IN') }),
    Length: decimal,
    Width: decimal,
    Height: decimal,
  }),
});

export const rateRequest = z.object({
  RateRequest: z.object({
    Shipment: z.object({
      ShipDate: day,
      Shipper: z.object({ Address: address }),
      ShipTo: z.object({ Address: address }),
      Package: packageMeasures,
      InvoiceLineTotal: amount,
      HazMat: z.enum(['Y', 'N']),
    }),
  }),
});

export const shipRequest = z.object({
  ShipmentRequest: z.object({
    Request: z.object({ TransactionReference: z.object({ CustomerContext: z.string().min(1).max(35) }) }),
    Shipment: z.object({
      ShipDate: day,
      Service: z.object({ Code: text }),
      QuoteReference: z.string().max(2_000),
      Shipper: party,
      ShipTo: party,
      Package: packageMeasures,
      InternationalForms: z.object({
        FormRequested: z.enum(['Y', 'N']),
        TermsOfShipment: text,
        ExportFiling: text.optional(),
        Product: z
          .array(
            z.object({
              Description: text,
              CommodityCode: text,
              OriginCountryCode: z.string().max(2),
              Unit: z.object({ Number: decimal, Value: amount }),
              ProductWeight: ounces,
            }),
          )
          .max(999),
      }),
    }),
    LabelSpecification: z.object({
      LabelImageFormat: z.object({ Code: z.enum(['PDF', 'PNG', 'ZPL']) }),
      Resolution: z.enum(['203', '300']),
    }),
  }),
});

export type WirePackage = z.output<typeof packageMeasures>;
export type WireParty = z.output<typeof party>;
