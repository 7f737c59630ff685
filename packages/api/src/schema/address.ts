import { z } from 'zod';

const line = z.string().max(200);

/** A postal address as it was written. Whether it will do is asked separately: a marketplace imports what it has. */
export const address = z
  .strictObject({
    name: line,
    line1: line,
    line2: line.optional(),
    city: line,
    state: line.optional(),
    postalCode: z.string().max(40).optional(),
    country: z.string().max(60).meta({ description: 'ISO 3166-1 alpha-2' }),
    phone: z.string().max(40).optional(),
    email: z.string().max(254).optional(),
  })
  .meta({ id: 'Address' });
