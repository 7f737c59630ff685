import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { campaignId, sellerId } from '../payload.ts';

export const runCampaign = defineJob({
  name: 'run-campaign',
  queue: 'enrollment-invitations',
  payload: z.strictObject({ campaignId }),
  cursor: z.strictObject({ afterSellerId: sellerId }),
  options: { batchSize: 1 },
  why: 'Pages over the eligible sellers of a campaign and opens one invitation with one mail for each (R1).',
});
