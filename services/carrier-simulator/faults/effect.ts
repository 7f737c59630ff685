import { z } from 'zod';
import { carrierNames } from '../desk/shipment.ts';
import { windowEffect, windowTimes } from './faultWindow.ts';
import { latencyShape } from './latency.ts';

const wait = z.number().int().min(0).max(600_000);

/**
 * What goes wrong with one call. "Before" and "after" are about the carrier's own work (the charge of a purchase):
 * `no_answer_*` keeps the line open and silent, `connection_lost_*` cuts it. `late_charge` cuts the line and charges afterwards.
 * `error_before` that names a time is a 503, else a 500.
 * `answered_twice` sends the answer twice in one body; `listed_twice` has a look-up list each of its shipments twice.
 */
export const faultEffect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('latency'), ms: wait }),
  z.strictObject({ kind: z.literal('rate_limited'), retryAfterSeconds: z.number().int().min(0).max(3_600).default(1) }),
  z.strictObject({ kind: z.literal('error_before'), retryAfterSeconds: z.int().min(0).max(3_600).optional() }),
  z.strictObject({ kind: z.literal('error_after') }),
  z.strictObject({ kind: z.literal('no_answer_before') }),
  z.strictObject({ kind: z.literal('no_answer_after') }),
  z.strictObject({ kind: z.literal('connection_lost_before') }),
  z.strictObject({ kind: z.literal('connection_lost_after') }),
  z.strictObject({ kind: z.literal('late_charge'), afterMs: wait }),
  z.strictObject({ kind: z.literal('ok_without_label') }),
  z.strictObject({ kind: z.literal('label_damaged') }),
  z.strictObject({ kind: z.literal('not_json') }),
  z.strictObject({ kind: z.literal('slow_answer'), ms: wait }),
  z.strictObject({ kind: z.literal('answered_twice') }),
  z.strictObject({ kind: z.literal('listed_twice') }),
]);

/**
 * What becomes of one notification of a tracking event. `reordered` keeps it back until a later one of the same parcel was
 * taken, at most `withinMs`. None of them loses it.
 */
export const webhookEffect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('duplicated'), copies: z.int().min(1).max(10).default(1) }),
  z.strictObject({ kind: z.literal('delayed'), ms: wait }),
  z.strictObject({ kind: z.literal('reordered'), withinMs: wait.default(5_000) }),
]);

const anyEffect = z.union([faultEffect, webhookEffect]);

export type FaultEffect = z.infer<typeof faultEffect>;
export type WebhookEffect = z.infer<typeof webhookEffect>;
export type AnyEffect = z.infer<typeof anyEffect>;

const webhookKinds: ReadonlySet<string> = new Set(webhookEffect.options.map((option) => option.shape.kind.value));

export const isWebhookEffect = (effect: AnyEffect): effect is WebhookEffect => webhookKinds.has(effect.kind);

const calls = ['quote', 'buy', 'look_up', 'void', 'track', 'statement'] as const;
const carrier = z.enum(carrierNames).optional();
const target = { carrier, operation: z.enum([...calls, 'webhook']).default('buy') };

const fits = (operation: string, effects: readonly AnyEffect[]): boolean =>
  effects.every((effect) => isWebhookEffect(effect) === (operation === 'webhook'));
const misfit = 'duplicated, delayed and reordered are for the operation webhook, every other effect is for calls';

/** A fault for named calls or notifications: the first `skip` that match pass, the next `times` go wrong. */
const faultRule = z
  .strictObject({
    ...target,
    reference: z.string().max(100).optional(),
    skip: z.number().int().min(0).max(1_000_000).default(0),
    times: z.number().int().min(1).max(1_000_000).default(1),
    effect: anyEffect,
  })
  .refine(({ operation, effect }) => fits(operation, [effect]), misfit);

/** Faults by lot: drawn from seed, carrier, operation, reference and how often that was asked, so the same seed plays the same. */
const faultLottery = z
  .strictObject({
    ...target,
    seed: z.string().min(1).max(100),
    draws: z
      .array(z.strictObject({ share: z.number().min(0).max(1), effect: anyEffect }))
      .min(1)
      .max(20),
  })
  .refine(
    ({ operation, draws }) =>
      fits(
        operation,
        draws.map(({ effect }) => effect),
      ),
    misfit,
  )
  .refine(({ draws }) => draws.reduce((sum, draw) => sum + draw.share, 0) <= 1 + 1e-9, 'shares add up to more than 1');

/** Time in which all calls go wrong, of one carrier or of one operation where named. */
const faultWindow = z
  .strictObject({ carrier, operation: z.enum(calls).optional(), effect: windowEffect, ...windowTimes })
  .refine(({ forMs, every }) => !every || forMs < every.ms, 'forMs is not below every.ms');

/** How long answers take; added to what else holds a call up. The first that concerns a call decides. */
const answerTimes = z.strictObject({
  carrier,
  operation: z.enum(calls).optional(),
  seed: z.string().min(1).max(100),
  takes: latencyShape,
  mostMs: wait.default(60_000),
});

export const faultScript = z.strictObject({
  rules: z.array(faultRule).max(1_000).default([]),
  lotteries: z.array(faultLottery).max(20).default([]),
  windows: z.array(faultWindow).max(20).default([]),
  latencies: z.array(answerTimes).max(20).default([]),
});

export type FaultRule = z.infer<typeof faultRule>;
export type FaultLottery = z.infer<typeof faultLottery>;
export type FaultWindow = z.infer<typeof faultWindow>;
export type AnswerTimes = z.infer<typeof answerTimes>;
export type FaultScript = z.infer<typeof faultScript>;
export type FaultScriptInput = z.input<typeof faultScript>;
