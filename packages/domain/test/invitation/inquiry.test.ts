import { describe, expect, it } from 'vitest';
import type { InquiryId, InvitationId } from '../../src/index.ts';
import { approveInquiry, denyInquiry, openInquiry } from '../../src/index.ts';
import { anEnrollment } from '../builders/anEnrollment.ts';
import { anInquiry, anInvitation } from '../builders/anInvitation.ts';
import { aSeller, sellerId } from '../builders/aSeller.ts';
import { aMoment, daysLater } from '../builders/moments.ts';
import { codesOf, granted } from '../builders/refused.ts';

const nothing = { openInquiry: null, enrollment: null, openInvitation: null };
const ask = (message: string, facts = {}) =>
  openInquiry({ id: 'inq_one' as InquiryId, sellerId, message }, { ...nothing, ...facts }, aMoment);
const facts = { seller: aSeller(), enrollment: null, openInvitation: null };
const invitationId = 'inv_new' as InvitationId;

describe('inquiries of sellers who were not invited (R2)', () => {
  it('are taken in, trimmed, one open case per seller', () => {
    expect(granted(ask('  We would like to sell abroad. '))).toEqual(anInquiry());
    expect(codesOf(ask('Again', { openInquiry: anInquiry() }))).toEqual(['inquiry.already_open']);
  });

  it('need some words, and not too many', () => {
    for (const message of ['', '   ', 'x'.repeat(2001)])
      expect(codesOf(ask(message))).toEqual(['inquiry.message_invalid']);
    expect(ask('x'.repeat(2000)).ok).toBe(true);
  });

  it('are not for sellers who are invited or enrolled', () => {
    expect(codesOf(ask('Hello', { enrollment: anEnrollment() }))).toEqual(['invitation.already_enrolled']);
    expect(codesOf(ask('Hello', { openInvitation: anInvitation() }))).toEqual(['invitation.already_open']);
    expect(ask('Hello', { enrollment: anEnrollment({ state: 'deactivated' }) }).ok).toBe(true);
  });

  it('lead to an invitation when approved', () => {
    const { inquiry, invitation } = granted(approveInquiry(anInquiry(), invitationId, facts, daysLater(2)));
    expect(inquiry).toMatchObject({ state: 'approved', decidedAt: daysLater(2) });
    expect(invitation).toMatchObject({ id: invitationId, sellerId, state: 'open', expiresAt: daysLater(16) });
  });

  it('cannot be approved for a seller who may not be invited', () => {
    const seller = aSeller({ country: 'JP' as never });
    expect(codesOf(approveInquiry(anInquiry(), invitationId, { ...facts, seller }, aMoment))).toEqual([
      'seller.not_in_united_states',
    ]);
  });

  it('are denied with a reason only', () => {
    expect(granted(denyInquiry(anInquiry(), ' Not in the United States ', daysLater(1)))).toMatchObject({
      state: 'denied',
      reason: 'Not in the United States',
      decidedAt: daysLater(1),
    });
    for (const reason of [' ', 'x'.repeat(501)]) {
      expect(codesOf(denyInquiry(anInquiry(), reason, aMoment))).toEqual(['inquiry.reason_invalid']);
    }
  });

  it('are decided once', () => {
    const denied = granted(denyInquiry(anInquiry(), 'No', aMoment));
    expect(codesOf(denyInquiry(denied, 'No', aMoment))).toEqual(['inquiry.already_decided']);
    expect(codesOf(approveInquiry(denied, invitationId, facts, aMoment))).toEqual(['inquiry.already_decided']);
  });
});
