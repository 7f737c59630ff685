import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const count = z.coerce.number().int().min(1).max(10_000_000);

/** How much callers may have. */
export const limitVariables = {
  RATE_LIMIT_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_600)
    .default(10)
    .describe('span in which the calls of an API key are counted; all of them may come at once'),
  RATE_LIMIT_OPERATOR: count.default(10_000).describe('calls of one operator key in that span'),
  RATE_LIMIT_PRODUCER: count.default(10_000).describe('calls of one producer key in that span'),
  RATE_LIMIT_SELLER: count.default(1_000).describe('calls of one seller key in that span'),
  RATE_LIMIT_STRANGERS: count
    .default(120)
    .describe('calls a minute from one address (IPv6: one /64) without a key that is in force'),
  UPLOAD_BYTES_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .max(1024 ** 4)
    .default(2 * 1024 ** 3)
    .describe('bytes of files that one API key may upload in a minute; the file that passes it is still taken'),
  TRUSTED_PROXIES: z
    .string()
    .optional()
    .transform((text) => text?.split(',').map((proxy) => proxy.trim()) ?? [])
    .refine((proxies) => proxies.every(isProxy), 'needs addresses or subnets, or loopback, linklocal, uniquelocal')
    .describe(
      'proxies whose X-Forwarded-For is believed: addresses, subnets or loopback, separated by commas; none unless told',
    ),
};

function isProxy(text: string): boolean {
  return ['loopback', 'linklocal', 'uniquelocal'].includes(text) || ipaddr.isValid(text) || ipaddr.isValidCIDR(text);
}
