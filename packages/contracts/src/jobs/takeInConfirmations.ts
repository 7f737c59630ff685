import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { feedCheckpoint, feedId, sellerId } from '../payload.ts';

export const takeInConfirmations = defineJob({
  name: 'take-in-confirmations',
  queue: 'label-purchase',
  payload: z.strictObject({ sellerId, feedId }),
  cursor: feedCheckpoint,
  options: { batchSize: 1 },
  cancel: 'yes',
  why: 'Confirms the domestic orders of a shipping confirmation file and refuses its GE rows one by one (R18).',
});
