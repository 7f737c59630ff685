import { carrierVariables } from '@ge/carriers';
import { baseConfig } from '@ge/runtime';
import { z } from 'zod';

const count = z.coerce.number().int();

export const config = baseConfig.extend({
  ...carrierVariables,
  CALLS_IN_FLIGHT: count.min(1).max(2_000).default(200).describe('calls to carriers at once, for each kind of job'),
  CARRIER_TIMEOUT_MS: count.min(100).max(120_000).default(15_000).describe('deadline of one call to a carrier'),
  LEASE_MARGIN_MS: count
    .min(200)
    .max(120_000)
    .default(10_000)
    .describe('how much longer than a call a claim on a label lasts: waiting for a free place before, writing after'),
  STATEMENT_GRACE_MS: count
    .min(0)
    .max(90 * 86_400_000)
    .default(86_400_000)
    .describe('how long after a purchase its charge may be missing on the carrier’s statement'),
  RECONCILE_HOUR: z
    .union([z.literal('off').transform(() => null), count.min(0).max(23)])
    .default(3)
    .describe(
      'hour of UTC (0 to 23) at which each carrier’s statement is read, day by day; `off`: only when somebody asks',
    ),
  RECLAIM_CHARGES: z
    .enum(['off', 'charged_again', 'all'])
    .default('charged_again')
    .describe(
      'which charges on its statement a carrier is asked to take back by itself: those beside the charge of a bought label, all of labels that ended ' +
        'refused here, too, or none',
    ),
  BATCH_SLICE_ITEMS: count
    .min(1)
    .max(1_000)
    .default(100)
    .describe('items of a label batch quoted and ordered at a time'),
  BATCH_ITEMS_AHEAD: count
    .min(1)
    .max(10_000)
    .default(400)
    .describe(
      'labels of one batch that may wait to be sent before more are asked for, not counting those for carriers that are down or stopped: offers live ten minutes',
    ),
  BATCH_OFFERS_AWAITED_MS: count
    .min(0)
    .max(30 * 86_400_000)
    .default(86_400_000)
    .describe('how long an item of a label batch waits for a carrier that gives no answer before it is refused'),
  SLICE_ROWS: count
    .min(1)
    .max(100_000)
    .default(1_000)
    .describe('rows of a confirmation file taken in one transaction, about'),
});

export type LabelPurchaseConfig = z.infer<typeof config>;
