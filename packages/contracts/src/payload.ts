import type {
  CampaignId,
  FeedId,
  InvitationId,
  LabelBatchId,
  LabelId,
  MailId,
  OrderId,
  SellerId,
  TemplateId,
} from '@ge/domain';
import { z } from 'zod';

/** A bounded string that stands for a branded id; what it points to is checked when the row is loaded. */
const id = <T extends string>(max = 64) => z.string().min(1).max(max) as unknown as z.ZodType<T, T>;

export const sellerId = id<SellerId>();
export const templateId = id<TemplateId>();
export const invitationId = id<InvitationId>();
export const campaignId = id<CampaignId>();
export const feedId = id<FeedId>();
export const labelId = id<LabelId>();
export const labelBatchId = id<LabelBatchId>();
export const mailId = id<MailId>();
export const orderId = id<OrderId>();

/** Place of the command in its seller's order. */
export const commandNo = z.int().nonnegative();
/** Numbers gathered over the slices of one message. */
export const tally = z.record(z.string().max(40), z.int());
/** Where the reader of a file goes on: its own affair, so only the outline is checked here. */
export const feedCheckpoint = z.looseObject({
  byteOffset: z.int().nonnegative(),
  recordNo: z.int().min(-1),
  context: z.unknown(),
});
