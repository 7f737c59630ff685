import { carrierVariables, webhookVariables } from '@ge/carriers';
import { baseConfig } from '@ge/runtime';
import { z } from 'zod';
import { limitVariables } from './limits/variables.ts';
import { overloadVariables } from './overload/variables.ts';
import { streamVariables } from './streams/variables.ts';

export const config = baseConfig.extend({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080).describe('port of the API and the programme page'),
  OPERATOR_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{24,200}$/, 'needs 24 to 200 printable characters')
    .optional()
    .describe('the first operator key; kept as a hash when there is no operator key yet'),
  ENROLLMENT_SECRETS: z
    .string()
    .transform((text) => text.split(',').map((secret) => secret.trim()))
    .refine((secrets) => secrets.every((secret) => Buffer.byteLength(secret) >= 32), 'each needs at least 32 bytes')
    .describe('what enrollment links are signed with, newest first, separated by commas'),
  ...carrierVariables,
  ...webhookVariables,
  CARRIER_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(30_000)
    .default(4_000)
    .describe('how long quotes are waited for; a carrier that is slower is reported as unavailable'),
  UPLOAD_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(1024 ** 3)
    .default(256 * 1024 ** 2)
    .describe('largest file taken in'),
  ...limitVariables,
  ...overloadVariables,
  ...streamVariables,
  INQUIRY_URL: z.url().optional().describe('where a seller without an invitation may ask; linked by closed pages'),
});

export type GatewayConfig = z.infer<typeof config>;
