import { type AddressId, currencies, type OperationId, type SellerId, type TemplateId } from '@ge/domain';
import { z } from 'zod';

/** A bounded string that stands for a branded id; whether it exists is found out when the row is loaded. */
export const id = <T extends string>(max = 64) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\x21-\x7e]+$/) as unknown as z.ZodType<T, string>;

export const sellerId = id<SellerId>();
export const templateId = id<TemplateId>();
export const addressId = id<AddressId>();
export const operationId = id<OperationId>();

/** A point in time: ISO 8601 in UTC on the wire, a Date in the program. */
export const instant = z
  .codec(z.iso.datetime(), z.date(), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  })
  .meta({ id: 'Instant', description: 'ISO 8601, UTC' });

export const locale = z.enum(['zh-CN', 'en-US']).meta({ id: 'Locale' });

/** Minor units (cents) and currency; never a float. */
export const money = z
  .strictObject({ minor: z.int(), currency: z.enum(currencies) })
  .meta({ id: 'Money', description: 'An amount in whole minor units of its currency' });

/** How a list is paged: `cursor` is what the last page said in `nextCursor`. */
export const pageQuery = z.strictObject({
  cursor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One page of a list; `nextCursor` is null on the last one. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The path of everything that belongs to one seller. */
export const ofSeller = z.strictObject({ sellerId });

export const ofCarrier = z.strictObject({ carrierId: z.string().min(1).max(64) });

/** 204. */
export const noContent = z.undefined();

/** Server-sent events: each one's data is such a value, written whole; the last one is called `closed`. */
export const events = <State extends z.ZodType>(state: State) =>
  z.custom<EventStream<z.output<State>>>(() => true).meta({ mediaTypes: [eventMediaType], events: state });

export const eventMediaType = 'text/event-stream';

/** What a route that answers with events gives to `client.follow`; never read as a whole. */
export interface EventStream<State> {
  readonly state: State;
}

/** Bytes of the named media types, streamed. */
export const download = (...mediaTypes: readonly string[]) =>
  z.custom<Blob>(() => true).meta({ mediaTypes: [...mediaTypes] });
