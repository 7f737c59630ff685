import type { Inquiry, InquiryId, Invitation, InvitationId } from '../../src/index.ts';
import { sellerId } from './aSeller.ts';
import { aMoment, daysLater } from './moments.ts';

export const anInvitation = (change: Partial<Invitation> = {}): Invitation => ({
  id: 'inv_one' as InvitationId,
  sellerId,
  campaignId: null,
  state: 'open',
  revision: 1,
  createdAt: aMoment,
  expiresAt: daysLater(14),
  sentAt: aMoment,
  remindedAt: null,
  endedAt: null,
  ...change,
});

export const anInquiry = (change: Partial<Inquiry> = {}): Inquiry => ({
  id: 'inq_one' as InquiryId,
  sellerId,
  state: 'open',
  message: 'We would like to sell abroad.',
  reason: null,
  createdAt: aMoment,
  decidedAt: null,
  ...change,
});
