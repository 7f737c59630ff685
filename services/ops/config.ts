import { baseConfig } from '@ge/runtime';
import { z } from 'zod';

const minutes = (most: number) => z.coerce.number().int().min(1).max(most);

export const config = baseConfig.extend({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8081).describe('port of the board and the overview'),
  SESSION_SECRET: z
    .string()
    .refine((secret) => Buffer.byteLength(secret) >= 32, 'needs at least 32 bytes')
    .optional()
    .describe('signs sessions; drawn at every start when unset, so that a restart ends all sessions'),
  SESSION_IDLE_MINUTES: minutes(1_440).default(30).describe('a session ends after so long without a request'),
  SESSION_MAX_MINUTES: minutes(10_080).default(720).describe('a session ends after so long in any case'),
  LOGIN_ATTEMPTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(10)
    .describe('failed logins per address and window'),
  LOGIN_WINDOW_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(86_400)
    .default(300)
    .describe('how long failed logins count'),
  TRUST_PROXY: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe('reverse proxies in front whose X-Forwarded-* headers are believed; behind https cookies become Secure'),
});

export type OpsConfig = z.infer<typeof config>;
