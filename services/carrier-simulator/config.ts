import { z } from 'zod';
import { faultScript } from './faults/effect.ts';
import type { WebhookTargets } from './webhooks/notification.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const secret = z.string().min(16).max(200).regex(/^\S+$/);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});

const webhookUrl = z.url({ protocol: /^https?$/ }).optional();
const webhookKey = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,40}:\S{32,200}$/)
  .optional();

/** The simulator's environment. */
export const configSchema = z.object({
  PORT: port.default(8090).describe('port of both carriers and of the administration'),
  HEALTH_PORT: port.optional().describe('second port for /live, /ready and /metrics'),
  HOST: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
  DATABASE_FILE: z.string().min(1).default(':memory:').describe('file of the ledger of charges'),
  LATENCY_MS: z.coerce.number().int().min(0).max(60_000).default(0).describe('added to every carrier call'),
  FAULTS: json
    .pipe(faultScript)
    .optional()
    .describe('faults, windows and latencies in force from the start, as `POST /faults` takes them; JSON'),
  PREPARED_DOCUMENTS: flag
    .default(false)
    .describe('whether documents are printed once for each kind instead of for each charge, for loads'),
  ADMIN_TOKEN: secret.optional().describe('opens ledger, faults, tracking events and abilities; closed without it'),
  API_KEY: secret.optional().describe('credential both carriers demand; without it any is accepted'),
  EXPRESS_WEBHOOK_URL: webhookUrl.describe('where express tells tracking events; nowhere unless told'),
  EXPRESS_WEBHOOK_KEY: webhookKey.describe('what express signs them with: <id>:<secret of 32 characters or more>'),
  PARCEL_WEBHOOK_URL: webhookUrl.describe('where parcel tells tracking events; nowhere unless told'),
  PARCEL_WEBHOOK_KEY: webhookKey.describe('what parcel signs them with'),
  EASYPOST_WEBHOOK_URL: webhookUrl.describe('where the reseller tells tracking events; nowhere unless told'),
  EASYPOST_WEBHOOK_KEY: webhookKey.describe('what the reseller signs them with'),
  EXPRESS_IDEMPOTENCY_KEYS: flag.default(true).describe('whether express knows a purchase again by its key'),
  EXPRESS_LOOK_UP: flag.default(true).describe('whether express can be asked what became of a purchase'),
  PARCEL_IDEMPOTENCY_KEYS: flag.default(true).describe('whether parcel knows a purchase again by its key'),
  PARCEL_LOOK_UP: flag.default(true).describe('whether parcel can be asked what became of a purchase'),
});

export type Config = z.infer<typeof configSchema>;

/** Where each carrier tells tracking events. Throws where a key is missing to an address. */
export function webhookTargets(config: Config): WebhookTargets {
  const target = (name: 'EXPRESS' | 'PARCEL' | 'EASYPOST') => {
    const url = config[`${name}_WEBHOOK_URL`];
    if (url === undefined) return undefined;
    const [keyId = '', secret = ''] = config[`${name}_WEBHOOK_KEY`]?.split(/:(.*)/s, 2) ?? [];
    if (secret === '') throw new Error(`carrier-simulator cannot start: ${name}_WEBHOOK_URL needs ${name}_WEBHOOK_KEY`);
    return { url, keyId, secret };
  };
  return { express: target('EXPRESS'), parcel: target('PARCEL'), easypost: target('EASYPOST') };
}

/** Reads the environment once; on mistakes throws one error that lists all of them, values left out. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = configSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`carrier-simulator cannot start, its environment is wrong:\n${lines.join('\n')}`);
}
