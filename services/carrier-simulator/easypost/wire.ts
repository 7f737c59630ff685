import { z } from 'zod';

const text = z.string().max(200);
const country = z.string().max(2);

const address = z.object({
  name: text,
  street1: text,
  street2: text.optional(),
  city: text,
  state: text.optional(),
  zip: text.optional(),
  country,
  phone: text.optional(),
  federal_tax_id: text.optional(),
});

const customsItem = z.object({
  description: text,
  quantity: z.number(),
  value: z.number(),
  weight: z.number(),
  hs_tariff_number: text,
  origin_country: country,
  currency: z.literal('USD'),
});

export const shipmentRequest = z.object({
  shipment: z.object({
    reference: text.optional(),
    from_address: address,
    to_address: address,
    parcel: z.object({
      length: z.number().positive(),
      width: z.number().positive(),
      height: z.number().positive(),
      weight: z.number().positive(),
    }),
    customs_info: z.object({ eel_pfc: text.optional(), customs_items: z.array(customsItem).max(999) }),
    options: z.object({
      label_format: z.enum(['PDF', 'PNG', 'ZPL']),
      label_date: z.iso.datetime(),
      incoterm: text.optional(),
    }),
  }),
});

export const buyRequest = z.object({ rate: z.object({ id: text }) });

export const reportRequest = z.object({
  start_date: z.iso.date(),
  end_date: z.iso.date(),
  additional_columns: z
    .array(z.string().regex(/^[a-z_]{1,60}$/))
    .max(20)
    .default([]),
});

export type ReportRequest = z.output<typeof reportRequest>;
export type ShipmentRequest = z.output<typeof shipmentRequest>['shipment'];
export type WireAddress = z.output<typeof address>;
