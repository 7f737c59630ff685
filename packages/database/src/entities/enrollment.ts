import type {
  CampaignId,
  CampaignState,
  EnrollmentState,
  InquiryId,
  InquiryState,
  InvitationId,
  InvitationState,
  OperationId,
  SellerId,
  TemplateId,
} from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { counter, instant, json, key, word } from './columns.ts';

export const EnrollmentEntity = defineEntity({
  name: 'Enrollment',
  tableName: 'enrollments',
  properties: {
    sellerId: key<SellerId>().primary(),
    state: word<EnrollmentState>(),
    commandNo: counter(),
    templateScope: json<readonly TemplateId[]>().strictNullable(),
    operationId: key<OperationId>().strictNullable(),
    enrolledAt: instant(),
    closedAt: instant().strictNullable(),
  },
});

export const CampaignEntity = defineEntity({
  name: 'Campaign',
  tableName: 'campaigns',
  properties: {
    id: key<CampaignId>().primary(),
    state: word<CampaignState>(),
    createdAt: instant(),
  },
});

export const InvitationEntity = defineEntity({
  name: 'Invitation',
  tableName: 'invitations',
  properties: {
    id: key<InvitationId>().primary(),
    sellerId: key<SellerId>(),
    campaignId: key<CampaignId>().strictNullable(),
    state: word<InvitationState>(),
    revision: p.integer().default(1),
    createdAt: instant(),
    expiresAt: instant(),
    sentAt: instant().strictNullable(),
    remindedAt: instant().strictNullable(),
    endedAt: instant().strictNullable(),
  },
  indexes: [
    { name: 'invitations_seller', properties: ['sellerId', 'id'] },
    { name: 'invitations_campaign', properties: ['campaignId', 'id'] },
    {
      name: 'invitations_one_open',
      expression: `create unique index "invitations_one_open" on "invitations" ("seller_id") where state = 'open'`,
    },
    {
      name: 'invitations_open_by_expiry',
      expression: `create index "invitations_open_by_expiry" on "invitations" ("expires_at", "id") where state = 'open'`,
    },
  ],
});

export const InquiryEntity = defineEntity({
  name: 'Inquiry',
  tableName: 'inquiries',
  properties: {
    id: key<InquiryId>().primary(),
    sellerId: key<SellerId>(),
    state: word<InquiryState>(),
    message: p.text(),
    reason: p.text().strictNullable(),
    createdAt: instant(),
    decidedAt: instant().strictNullable(),
  },
  indexes: [
    { name: 'inquiries_seller', properties: ['sellerId', 'id'] },
    { name: 'inquiries_state', properties: ['state', 'id'] },
    {
      name: 'inquiries_one_open',
      expression: `create unique index "inquiries_one_open" on "inquiries" ("seller_id") where state = 'open'`,
    },
  ],
});
