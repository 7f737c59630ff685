import { type EnrollmentSecrets, MIN_SECRET_BYTES } from '@ge/mailer';
import { baseConfig } from '@ge/runtime';
import { z } from 'zod';

const isStrong = (secret: string) => Buffer.byteLength(secret) >= MIN_SECRET_BYTES;

export const config = baseConfig.extend({
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).describe('the mail server: smtp://host:port or smtps://user:password@host'),
  MAIL_FROM: z
    .string()
    .max(320)
    .default('Global Express <global-express@programme.example>')
    .describe('sender, like "Name <mail@example.com>"; its domain ends the Message-IDs'),
  MAIL_UNSUBSCRIBE: z.email().optional().describe('takes requests for no more invitations'),
  MAIL_CONNECTIONS: z.coerce.number().int().min(1).max(100).default(4).describe('connections to the mail server'),
  MAIL_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(200)
    .max(600_000)
    .default(30_000)
    .describe('how long one attempt may take; a mail is claimed for three times as long'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).describe('where sellers reach the programme page'),
  ENROLLMENT_SECRETS: z
    .string()
    .transform((list) => list.split(',').map((secret) => secret.trim()))
    .refine((secrets): secrets is [string, ...string[]] => secrets.length > 0 && secrets.every(isStrong), {
      error: `needs secrets of at least ${MIN_SECRET_BYTES} bytes, separated by commas, the newest first`,
    })
    .describe('keys of the links in invitations, separated by commas, the newest first; the gateway knows the same'),
  SELLERS_PER_SLICE: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(200)
    .describe('sellers that a campaign looks at in one transaction'),
});

/** What a link of an invitation is made with. */
export interface LinkSettings {
  readonly publicUrl: string;
  readonly secrets: EnrollmentSecrets;
}
