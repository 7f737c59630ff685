import { z } from 'zod';
import { isLoopback } from './http/documentAddress.ts';
import type { CarrierGate } from './port/gate.ts';
import { type CarrierId, type CarrierSettings, carrierIds, simulatorCarrierIds } from './registry.ts';

const milliseconds = z
  .int()
  .min(0)
  .max(366 * 86_400_000);

/** How much a carrier is asked, and when it is left alone. */
const limits = {
  rate: z.number().min(0.01).max(100_000),
  burst: z.int().min(1).max(100_000),
  failuresToPause: z.int().min(1).max(10_000),
  pauseMs: milliseconds.min(1),
};

/** What one carrier of an installation has of its own. */
const own = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }),
    apiKey: z.string().min(1),
    idempotencyKey: z.boolean(),
    keyLifetimeMs: milliseconds,
    lookUp: z.boolean(),
    horizonMs: milliseconds,
    voidWindowDays: z.int().min(0).max(366),
    ...limits,
  })
  .partial();

/** A carrier that takes money: never under the address and the key of the others, and its key only over https. */
const ownEasypost = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .refine((url) => url.startsWith('https:') || isLoopback(new URL(url)), 'must be https'),
  apiKey: z.string().min(1),
  dutyPaidServices: z.array(z.string().min(1).max(200)).max(200).default([]),
  documentHosts: z.array(z.hostname()).max(20).optional(),
  statementSince: z.iso.date().optional(),
  givesStatement: z.boolean().optional(),
  horizonMs: milliseconds.optional(),
  voidWindowDays: z.int().min(0).max(366).optional(),
  rate: limits.rate.optional(),
  burst: limits.burst.optional(),
  failuresToPause: limits.failuresToPause.optional(),
  pauseMs: limits.pauseMs.optional(),
});

const carriers = z.strictObject({
  'simulator-express': own.optional(),
  'simulator-parcel': own.optional(),
  easypost: ownEasypost.optional(),
} satisfies Record<CarrierId, z.ZodType>);

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});

/** What a process that talks to carriers is told; spread into its configuration. */
export const carrierVariables = {
  CARRIER_URL: z.url({ protocol: /^https?$/ }).describe('where the carriers are'),
  CARRIER_API_KEY: z.string().min(1).describe('credential of the carriers'),
  CARRIERS: json
    .pipe(carriers)
    .default(Object.fromEntries(simulatorCarrierIds.map((id) => [id, {}])))
    .describe(
      'the carriers to buy from, by id, each with what differs: url, apiKey, abilities, rate (calls a second), burst; easypost ' +
        'needs its own url and apiKey; JSON',
    ),
};

const webhookKeys = z
  .record(z.string().regex(/^[A-Za-z0-9._-]{1,40}$/), z.string().min(32).max(200))
  .refine((keys) => Object.keys(keys).length <= 4, 'at most four keys of one carrier');

/** What a process that carriers tell tracking events is told; spread into its configuration. */
export const webhookVariables = {
  CARRIER_WEBHOOK_KEYS: json
    .pipe(z.partialRecord(z.enum(carrierIds as [CarrierId, ...CarrierId[]]), webhookKeys))
    .default({})
    .describe(
      'what carriers sign tracking events with: by carrier, by key id, a secret of 32 characters or more; two keys while one is ' +
        'changed; a carrier without any is not listened to; JSON',
    ),
};

export interface CarrierConfig {
  readonly CARRIER_URL: string;
  readonly CARRIER_API_KEY: string;
  readonly CARRIERS: z.infer<typeof carriers>;
}

/** The carriers of a configuration, ready for `createCarrierRegistry`, all of them behind the gate where there is one. */
export const carrierSettings = (
  config: CarrierConfig,
  connections?: number,
  gate?: CarrierGate,
): readonly CarrierSettings[] =>
  carrierIds.flatMap((id) => {
    const carrier = config.CARRIERS[id];
    if (!carrier) return [];
    const { url, apiKey, dutyPaidServices, documentHosts, statementSince, ...abilities } = { ...noTerms, ...carrier };
    const connection = {
      baseUrl: url ?? config.CARRIER_URL,
      apiKey: apiKey ?? config.CARRIER_API_KEY,
      connections,
      gate,
    };
    // Who names a rate alone may have a second's worth of it at once.
    const burst = abilities.burst ?? (abilities.rate && Math.max(1, Math.floor(abilities.rate)));
    const terms = dutyPaidServices && { dutyPaidServices, documentHosts, statementSince };
    return [{ id, ...connection, profile: present({ ...abilities, burst }), ...(terms && { terms }) }];
  });

const noTerms: Partial<Pick<z.infer<typeof ownEasypost>, 'dutyPaidServices' | 'documentHosts' | 'statementSince'>> = {};

/** Without the properties that were not given, which would otherwise hide the carrier's own. */
const present = <T extends object>(values: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
