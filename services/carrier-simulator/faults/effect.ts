import { z } from 'zod';

const wait = z.number().int().min(0).max(600_000);

/**
 * What goes wrong with one call. "Before" and "after" are about the carrier's own work (the charge of a purchase):
 * `no_answer_*` keeps the line open and silent, `connection_lost_*` cuts it. `late_charge` cuts the line and charges afterwards.
 */
export const faultEffect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('latency'), ms: wait }),
  z.strictObject({ kind: z.literal('rate_limited'), retryAfterSeconds: z.number().int().min(0).max(3_600).default(1) }),
  z.strictObject({ kind: z.literal('error_before') }),
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
]);

export type FaultEffect = z.infer<typeof faultEffect>;

const target = {
  carrier: z.enum(['express', 'parcel']).optional(),
  operation: z.enum(['quote', 'buy', 'look_up', 'void', 'track', 'statement']).default('buy'),
};

/** A fault for named calls: the first `skip` that match pass, the next `times` go wrong. */
export const faultRule = z.strictObject({
  ...target,
  reference: z.string().max(100).optional(),
  skip: z.number().int().min(0).max(1_000_000).default(0),
  times: z.number().int().min(1).max(1_000_000).default(1),
  effect: faultEffect,
});

/** Faults by lot: drawn from seed, carrier, operation, reference and how often that was asked, so the same seed plays the same. */
export const faultLottery = z
  .strictObject({
    ...target,
    seed: z.string().min(1).max(100),
    draws: z
      .array(z.strictObject({ share: z.number().min(0).max(1), effect: faultEffect }))
      .min(1)
      .max(20),
  })
  .refine(({ draws }) => draws.reduce((sum, draw) => sum + draw.share, 0) <= 1 + 1e-9, 'shares add up to more than 1');

export const faultScript = z.strictObject({
  rules: z.array(faultRule).max(1_000).default([]),
  lotteries: z.array(faultLottery).max(20).default([]),
});

export type FaultRule = z.infer<typeof faultRule>;
export type FaultLottery = z.infer<typeof faultLottery>;
export type FaultScript = z.infer<typeof faultScript>;
