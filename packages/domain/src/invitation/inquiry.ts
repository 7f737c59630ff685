import type { Enrollment } from '../enrollment/enrollment.ts';
import type { InquiryId, InvitationId, SellerId } from '../identity/ids.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import type { Inquiry, Invitation } from './invitation.ts';
import { type InvitationFacts, isInvitationOpen, takesPart } from './invitationEligibility.ts';
import { invitationRefusals } from './invitationRefusals.ts';
import { openInvitation } from './openInvitation.ts';

export const INQUIRY_MESSAGE_LIMIT = 2000;
export const INQUIRY_REASON_LIMIT = 500;

export interface OpenInquiry {
  readonly id: InquiryId;
  readonly sellerId: SellerId;
  readonly message: string;
}

export interface InquiryFacts {
  readonly openInquiry: Inquiry | null;
  readonly enrollment: Enrollment | null;
  readonly openInvitation: Invitation | null;
}

/** Takes in the inquiry of a seller who was not invited (R2): one open case per seller, none for those who are in or invited. */
export function openInquiry(command: OpenInquiry, facts: InquiryFacts, now: Date): Decision<Inquiry> {
  const message = command.message.trim();
  const refusals: Refusal[] = [];
  if (message === '' || message.length > INQUIRY_MESSAGE_LIMIT) {
    const params = { limit: INQUIRY_MESSAGE_LIMIT };
    refusals.push(invitationRefusals.refusal('inquiry.message_invalid', '/message', params));
  }
  if (facts.openInquiry) refusals.push(invitationRefusals.refusal('inquiry.already_open', ''));
  if (takesPart(facts.enrollment)) refusals.push(invitationRefusals.refusal('invitation.already_enrolled', ''));
  if (facts.openInvitation && isInvitationOpen(facts.openInvitation, now)) {
    refusals.push(invitationRefusals.refusal('invitation.already_open', ''));
  }
  if (refusals.length > 0) return refuse(...refusals);
  return accept({
    id: command.id,
    sellerId: command.sellerId,
    state: 'open',
    message,
    reason: null,
    createdAt: now,
    decidedAt: null,
  });
}

const decidedRefusal = (inquiry: Inquiry) =>
  refuse(invitationRefusals.refusal('inquiry.already_decided', '', { state: inquiry.state }));

/** Approves an inquiry: an invitation is opened and goes out (R2). Refused where the seller may not be invited; such a case is to be denied. */
export function approveInquiry(
  inquiry: Inquiry,
  invitationId: InvitationId,
  facts: InvitationFacts,
  now: Date,
): Decision<{ readonly inquiry: Inquiry; readonly invitation: Invitation }> {
  if (inquiry.state !== 'open') return decidedRefusal(inquiry);
  const invitation = openInvitation({ id: invitationId, campaignId: null }, facts, now);
  if (!invitation.ok) return invitation;
  return accept({ inquiry: { ...inquiry, state: 'approved', decidedAt: now }, invitation: invitation.value });
}

/** Denies an inquiry with a reason that the seller reads (R2). */
export function denyInquiry(inquiry: Inquiry, reason: string, now: Date): Decision<Inquiry> {
  if (inquiry.state !== 'open') return decidedRefusal(inquiry);
  const said = reason.trim();
  if (said === '' || said.length > INQUIRY_REASON_LIMIT) {
    const params = { limit: INQUIRY_REASON_LIMIT };
    return refuse(invitationRefusals.refusal('inquiry.reason_invalid', '/reason', params));
  }
  return accept({ ...inquiry, state: 'denied', reason: said, decidedAt: now });
}
