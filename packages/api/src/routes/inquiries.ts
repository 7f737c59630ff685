import type { InquiryId } from '@ge/domain';
import { z } from 'zod';
import { defineRoute } from '../route/route.ts';
import { accepted } from '../schema/accepted.ts';
import { finding } from '../schema/finding.ts';
import { id, instant, ofSeller, page, pageQuery, sellerId } from '../schema/wire.ts';

const inquiryId = id<InquiryId>();
const ofInquiry = z.strictObject({ inquiryId });

/** A case without what the seller wrote. */
export const inquiryCase = z
  .object({
    id: inquiryId,
    sellerId,
    state: z.enum(['open', 'approved', 'denied']),
    createdAt: instant,
    decidedAt: instant.nullable(),
  })
  .meta({ id: 'InquiryCase' });

export const inquiry = inquiryCase
  .extend({ message: z.string(), reason: z.string().nullable() })
  .meta({ id: 'Inquiry' });

export const openInquiry = defineRoute({
  id: 'inquiries.open',
  method: 'POST',
  path: '/v1/sellers/{sellerId}/inquiries',
  scopes: ['operator', 'producer', 'seller'],
  rule: 'R2',
  summary: 'A seller who was not invited asks to join; one open case at a time',
  params: ofSeller,
  body: z.strictObject({ message: z.string().max(10_000) }),
  responses: { 201: inquiryCase },
  problems: [
    'inquiry.message_invalid',
    'inquiry.already_open',
    'invitation.already_enrolled',
    'invitation.already_open',
  ],
});

export const receiveMail = defineRoute({
  id: 'inquiries.receiveMail',
  method: 'POST',
  path: '/v1/inbound-mails',
  scopes: ['operator', 'producer'],
  rule: 'R2',
  summary: 'For a mail server’s webhook: a mail to the inquiry address opens a case of the seller it is from',
  body: z.strictObject({
    from: z.email().max(254).meta({ description: 'The bare address of the sender' }),
    text: z.string().max(200_000).meta({ description: 'The plain text; what is longer than an inquiry is cut' }),
  }),
  maxBytes: 1024 * 1024,
  responses: {
    200: z.object({ inquiry: inquiryCase.nullable(), refusals: z.array(finding) }).meta({
      description: 'A mail that opens no case is answered with 200 too, so that the mail server does not send it again',
    }),
  },
  problems: [],
});

export const listInquiries = defineRoute({
  id: 'inquiries.list',
  method: 'GET',
  path: '/v1/inquiries',
  scopes: ['operator'],
  rule: 'R2',
  summary: 'Cases in the order of their arrival',
  query: pageQuery.extend({ state: z.enum(['open', 'approved', 'denied']).optional(), sellerId: sellerId.optional() }),
  responses: { 200: page(inquiry) },
  problems: [],
});

export const approveInquiry = defineRoute({
  id: 'inquiries.approve',
  method: 'POST',
  path: '/v1/inquiries/{inquiryId}/approve',
  scopes: ['operator'],
  rule: 'R2',
  summary: 'Approves a case: an invitation goes out',
  params: ofInquiry,
  appendsTo: ['enrollment-invitations'],
  responses: { 202: accepted.extend({ inquiry: inquiryCase }) },
  problems: [
    'inquiry.already_decided',
    'seller.not_in_united_states',
    'invitation.already_enrolled',
    'invitation.already_open',
  ],
});

export const denyInquiry = defineRoute({
  id: 'inquiries.deny',
  method: 'POST',
  path: '/v1/inquiries/{inquiryId}/deny',
  scopes: ['operator'],
  rule: 'R2',
  summary: 'Denies a case with a reason that the seller gets by mail',
  params: ofInquiry,
  body: z.strictObject({ reason: z.string().max(2_000) }),
  appendsTo: ['enrollment-invitations'],
  responses: { 202: accepted.extend({ inquiry: inquiryCase }) },
  problems: ['inquiry.already_decided', 'inquiry.reason_invalid'],
});
