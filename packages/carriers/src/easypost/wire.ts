import { z } from 'zod';
import { amountFromWire, required } from '../wire/amount.ts';

const text = z.string().min(1).max(200);
const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value));

const price = { rate: z.string().max(20), currency: z.string().length(3) };
const priced = (rate: string, currency: string, context: z.core.$RefinementCtx) =>
  required(amountFromWire(rate, currency), context);

const days = z.int().min(0).max(120).nullish().catch(null);

const rate = z
  .object({
    id: text,
    carrier: text,
    service: text,
    ...price,
    created_at: instant,
    delivery_days: days,
    est_delivery_days: days,
    delivery_date: instant.nullish().catch(null),
  })
  .transform(({ rate: amount, currency, ...rest }, context) => ({ ...rest, price: priced(amount, currency, context) }));

export type EasypostRate = z.output<typeof rate>;

const formats = z.enum(['PDF', 'PNG', 'ZPL']);

export const quotedShipment = z.object({
  id: text,
  /** A rate that cannot be read, as one in a currency without cents, hides no other. */
  rates: z
    .array(z.unknown())
    .max(500)
    .transform((rates) => rates.flatMap((one) => rate.safeParse(one).data ?? [])),
  messages: z
    .array(z.object({ carrier: text }))
    .max(500)
    .nullish(),
});

/** Before it is bought a shipment has neither a selected rate nor a label. */
export const shipment = z.object({
  id: text,
  tracking_code: text.nullish(),
  options: z.object({ label_format: formats.nullish() }).nullish(),
  selected_rate: z
    .object(price)
    .transform(({ rate: amount, currency }, context) => priced(amount, currency, context))
    .nullish(),
  postage_label: z.object({ created_at: instant, label_url: z.string().max(2_000).nullish() }).nullish(),
  refund_status: z.enum(['submitted', 'refunded', 'rejected', 'not_applicable']).nullish(),
  updated_at: instant,
});

export type EasypostShipment = z.output<typeof shipment>;

export const tracker = z.object({
  tracking_code: text,
  created_at: instant,
  tracking_details: z
    .array(z.object({ status: text, status_detail: text.nullish(), datetime: instant }))
    .max(1_000)
    .nullish()
    .transform((details) => details ?? []),
});

export const trackerList = z.object({ trackers: z.array(tracker).max(100) });

export const webhookEvent = z.object({
  id: text,
  object: z.literal('Event'),
  description: z.string().max(100),
  result: z.unknown(),
});

export const easypostError = z.object({ error: z.object({ code: z.string().min(1).max(100) }) });
