import type { InvitationId, MailId, SellerId } from '@ge/domain';
import { defineEntity, p } from '@mikro-orm/core';
import { instant, json, key, word } from './columns.ts';

export type MailState = 'requested' | 'claimed' | 'accepted' | 'refused' | 'abandoned';
export type MailKind =
  | 'invitation'
  | 'invitation-reminder'
  | 'enrollment-finished'
  | 'enrollment-blocked'
  | 'inquiry-denied'
  | 'deactivation-finished';

/** The intent to send one mail. Its id and revision make the Message-ID, so a repeat is recognisable as one. */
export const MailEntity = defineEntity({
  name: 'Mail',
  tableName: 'mails',
  properties: {
    id: key<MailId>().primary(),
    sellerId: key<SellerId>(),
    kind: word<MailKind>(),
    invitationId: key<InvitationId>().strictNullable(),
    revision: p.integer().default(0),
    params: json<Readonly<Record<string, string | number>>>().defaultRaw("'{}'"),
    state: word<MailState>(),
    fence: p.integer().default(0),
    leaseUntil: instant().strictNullable(),
    /** Calls whose outcome is unknown; a mail goes out twice at most (same Message-ID). */
    unknownOutcomes: p.integer().default(0),
    reason: p.text().strictNullable(),
    createdAt: instant(),
    endedAt: instant().strictNullable(),
  },
  indexes: [{ name: 'mails_seller', properties: ['sellerId', 'id'] }],
});
