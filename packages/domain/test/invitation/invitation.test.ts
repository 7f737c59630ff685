import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Invitation, InvitationId } from '../../src/index.ts';
import {
  acceptInvitation,
  expireInvitation,
  invitationEligibility,
  invitationReminded,
  invitationSent,
  judgeInvitationLink,
  openInvitation,
  reissueInvitation,
  reminderVerdict,
  revokeInvitation,
} from '../../src/index.ts';
import { anEnrollment } from '../builders/anEnrollment.ts';
import { anInvitation } from '../builders/anInvitation.ts';
import { aSeller } from '../builders/aSeller.ts';
import { aMoment, daysLater } from '../builders/moments.ts';
import { codesOf, granted } from '../builders/refused.ts';

const facts = { seller: aSeller(), enrollment: null, openInvitation: null };
const open = (now = aMoment) => granted(openInvitation({ id: 'inv_1' as InvitationId, campaignId: null }, facts, now));

describe('who may be invited (R1)', () => {
  it('is a seller in the United States who is not enrolled and has no open invitation', () => {
    expect(invitationEligibility(facts, aMoment).ok).toBe(true);
  });

  it('is refused with every reason at once', () => {
    const none = {
      seller: aSeller({ country: 'DE' as never }),
      enrollment: anEnrollment(),
      openInvitation: anInvitation(),
    };
    expect(codesOf(invitationEligibility(none, aMoment))).toEqual([
      'seller.not_in_united_states',
      'invitation.already_enrolled',
      'invitation.already_open',
    ]);
  });

  it('includes sellers who left, and those whose invitation has run out', () => {
    const enrollment = anEnrollment({ state: 'deactivated' });
    const openInvitation = anInvitation();
    expect(invitationEligibility({ ...facts, enrollment, openInvitation }, daysLater(14)).ok).toBe(true);
  });
});

describe('the course of an invitation (R1)', () => {
  it('is open for 14 days, with one reminder after 7', () => {
    const invitation = invitationSent(open(), 1, aMoment);
    expect(invitation.expiresAt).toEqual(daysLater(14));
    expect(reminderVerdict(invitation, daysLater(6.99))).toEqual({ kind: 'later', at: daysLater(7) });
    expect(reminderVerdict(invitation, daysLater(7))).toEqual({ kind: 'remind' });
    const reminded = invitationReminded(invitation, 1, daysLater(7));
    expect(reminderVerdict(reminded, daysLater(8))).toEqual({ kind: 'never' });
    expect(expireInvitation(reminded, daysLater(13.99))).toBe(reminded);
    expect(expireInvitation(reminded, daysLater(14))).toMatchObject({ state: 'expired', endedAt: daysLater(14) });
  });

  it('does not remind of a mail that has not gone out', () => {
    expect(reminderVerdict(open(), daysLater(8))).toEqual({ kind: 'later', at: daysLater(9) });
  });

  it('does not remind when it has ended', () => {
    for (const state of ['accepted', 'expired', 'revoked'] as const) {
      expect(reminderVerdict(anInvitation({ state }), daysLater(8))).toEqual({ kind: 'never' });
    }
  });

  it('records a sending once, and never that of an older link', () => {
    const sent = invitationSent(open(), 1, aMoment);
    expect(invitationSent(sent, 1, daysLater(1))).toBe(sent);
    const reissued = granted(reissueInvitation(sent, { ...facts, openInvitation: sent }, daysLater(2)));
    expect(invitationSent(reissued, 1, daysLater(3))).toBe(reissued);
    expect(invitationReminded(reissued, 1, daysLater(3))).toBe(reissued);
  });

  it('can be revoked while open, and then no longer', () => {
    const revoked = granted(revokeInvitation(open(), daysLater(1)));
    expect(revoked).toMatchObject({ state: 'revoked', endedAt: daysLater(1) });
    expect(codesOf(revokeInvitation(revoked, daysLater(2)))).toEqual(['invitation.not_open']);
    expect(expireInvitation(revoked, daysLater(20))).toBe(revoked);
  });

  it('is reissued with a new revision and 14 new days, unless it was accepted or revoked', () => {
    const expired = expireInvitation(open(), daysLater(15));
    const again = granted(reissueInvitation(expired, facts, daysLater(20)));
    expect(again).toMatchObject({ state: 'open', revision: 2, expiresAt: daysLater(34), sentAt: null, endedAt: null });
    expect(reminderVerdict(invitationSent(again, 2, daysLater(20)), daysLater(27))).toEqual({ kind: 'remind' });
    for (const state of ['accepted', 'revoked'] as const) {
      expect(codesOf(reissueInvitation(anInvitation({ state }), facts, aMoment))).toEqual(['invitation.not_open']);
    }
    const other = { ...facts, openInvitation: anInvitation({ id: 'inv_2' as InvitationId, expiresAt: daysLater(30) }) };
    expect(codesOf(reissueInvitation(expired, other, daysLater(20)))).toEqual(['invitation.already_open']);
  });
});

describe('the link (R1)', () => {
  it('may be opened any number of times and is consumed by Enroll only', () => {
    const invitation = open();
    expect(granted(judgeInvitationLink(invitation, 1, daysLater(1)))).toBe(invitation);
    const accepted = granted(acceptInvitation(invitation, 1, daysLater(1)));
    expect(accepted).toMatchObject({ state: 'accepted', endedAt: daysLater(1) });
    expect(codesOf(acceptInvitation(accepted, 1, daysLater(1)))).toEqual(['invitation.already_accepted']);
  });

  it('stops working with a reissue, the expiry and the revocation, each with its own reason', () => {
    for (const state of ['open', 'accepted', 'expired', 'revoked'] as const) {
      expect(codesOf(judgeInvitationLink(anInvitation({ state, revision: 2 }), 1, aMoment))).toEqual([
        'invitation.link_outdated',
      ]);
    }
    expect(codesOf(judgeInvitationLink(open(), 1, daysLater(14)))).toEqual(['invitation.expired']);
    expect(codesOf(judgeInvitationLink(anInvitation({ state: 'expired' }), 1, aMoment))).toEqual([
      'invitation.expired',
    ]);
    expect(codesOf(judgeInvitationLink(anInvitation({ state: 'revoked' }), 1, aMoment))).toEqual([
      'invitation.revoked',
    ]);
  });

  it('works for one Enroll at most, whatever happens to the invitation in between', () => {
    const step = fc.constantFrom('accept', 'revoke', 'reissue', 'expire');
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat(10)), { maxLength: 12 }), (steps) => {
        let invitation: Invitation = open();
        let now = 0;
        let accepted = 0;
        for (const [kind, days] of steps) {
          now += days;
          const moment = daysLater(now);
          const { revision } = invitation;
          const decision =
            kind === 'accept'
              ? acceptInvitation(invitation, revision, moment)
              : kind === 'revoke'
                ? revokeInvitation(invitation, moment)
                : kind === 'reissue'
                  ? reissueInvitation(invitation, { ...facts, openInvitation: invitation }, moment)
                  : { ok: true as const, value: expireInvitation(invitation, moment) };
          if (!decision.ok) continue;
          if (kind === 'accept') accepted++;
          invitation = decision.value;
        }
        expect(accepted).toBeLessThanOrEqual(1);
        expect(invitation.endedAt === null).toBe(invitation.state === 'open');
      }),
    );
  });
});
