import { z } from 'zod';
import { defineJob } from '../jobContract.ts';

export const reconcileCarrier = defineJob({
  name: 'reconcile-carrier',
  /** Of its own, so that purchases may be paused while it is carried out: after a backup was restored it goes first. */
  queue: 'carrier-statements',
  payload: z.strictObject({ carrierId: z.string().min(1).max(64) }),
  /** How far it is stands in the database; a slice only says which line it ended with. */
  cursor: z.strictObject({ afterLineNo: z.int().nonnegative() }),
  options: { batchSize: 1 },
  why: 'Reads what a carrier bills, books adjustments and duty, settles import fee deposits, and reports every difference (R17, R23).',
});
