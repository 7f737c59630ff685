import { z } from 'zod';

/**
 * What a producer in any language puts into BullMQ as the job's data when it does not go through the database.
 * `day` is the day of issue (UTC, yyyy-mm-dd): a receipt is kept under (day, key), and an envelope older than the
 * receipts are kept is refused, so that a replay can never run twice.
 */
export const directJobEnvelope = z.strictObject({
  v: z.literal(1),
  key: z.string().min(1).max(200),
  day: z.iso.date(),
  sellerId: z.string().min(1).max(64),
  payload: z.unknown(),
});

export type DirectJobEnvelope = z.infer<typeof directJobEnvelope>;

/** Days for which receipts are kept and direct envelopes are accepted. */
export const receiptDays = 7;
