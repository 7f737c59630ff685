import type { InvitationId } from '@ge/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enrollmentLink, enrollmentToken, readEnrollmentClaim, verifyEnrollmentToken } from '../src/enrollmentToken.ts';

const OLD = 'o'.repeat(32);
const NEW = 'n'.repeat(32);
const id = 'inv_01HZX' as InvitationId;
const ids = fc.stringMatching(/^inv_[A-Za-z0-9]{1,26}$/).map((text) => text as InvitationId);
const revisions = fc.nat({ max: 2 ** 31 - 1 });

const claimOf = (link: string) => readEnrollmentClaim(Object.fromEntries(new URL(link).searchParams));

describe('the enrollment link (R1)', () => {
  it('leads back to the invitation and revision it was made for', () => {
    fc.assert(
      fc.property(ids, revisions, (invitationId, revision) => {
        const claim = claimOf(enrollmentLink('https://export.example/ge/', invitationId, revision, [NEW]));
        expect(claim).toMatchObject({ invitationId, revision });
        expect(claim && verifyEnrollmentToken(claim, [NEW])).toBe(true);
      }),
    );
  });

  it('is the same however often it is rebuilt', () => {
    const link = () => enrollmentLink('https://export.example', id, 1, [NEW]);
    expect(link()).toBe(link());
    expect(link()).toMatch(
      /^https:\/\/export\.example\/programme\/enroll\?invitation=inv_01HZX&revision=1&token=[\w-]{43}$/,
    );
  });

  it('is worth nothing for another invitation, revision, token or secret', () => {
    fc.assert(
      fc.property(ids, ids, revisions, revisions, fc.nat({ max: 42 }), (a, b, r, s, at) => {
        fc.pre(a !== b && r !== s);
        const token = enrollmentToken(a, r, [NEW]);
        const bent = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
        expect(verifyEnrollmentToken({ invitationId: b, revision: r, token }, [NEW])).toBe(false);
        expect(verifyEnrollmentToken({ invitationId: a, revision: s, token }, [NEW])).toBe(false);
        expect(verifyEnrollmentToken({ invitationId: a, revision: r, token: bent }, [NEW])).toBe(false);
        expect(verifyEnrollmentToken({ invitationId: a, revision: r, token }, [OLD])).toBe(false);
      }),
    );
  });

  it('still opens after the secret was rotated, while new links are signed with the new one', () => {
    const before = { invitationId: id, revision: 1, token: enrollmentToken(id, 1, [OLD]) };
    expect(verifyEnrollmentToken(before, [NEW, OLD])).toBe(true);
    expect(verifyEnrollmentToken(before, [NEW])).toBe(false);
    expect(enrollmentToken(id, 1, [NEW, OLD])).toBe(enrollmentToken(id, 1, [NEW]));
  });

  it('is refused when malformed, without throwing', () => {
    const token = enrollmentToken(id, 1, [NEW]);
    const good = { invitation: id as string, revision: '1', token };
    expect(readEnrollmentClaim(good)).toBeDefined();
    for (const bad of [
      {},
      { ...good, token: [token, token] },
      { ...good, token: `${token}=` },
      { ...good, revision: '01' },
      { ...good, revision: '-1' },
      { ...good, revision: '9999999999' },
      { ...good, invitation: '../inv' },
    ])
      expect(readEnrollmentClaim(bad)).toBeUndefined();
    expect(verifyEnrollmentToken({ invitationId: id, revision: Number.NaN, token }, [NEW])).toBe(false);
  });

  it('needs strong secrets and a plain base address', () => {
    expect(() => enrollmentToken(id, 1, ['short'])).toThrow(RangeError);
    expect(() => enrollmentLink('https://u:p@export.example', id, 1, [NEW])).toThrow(RangeError);
    expect(() => enrollmentLink('ftp://export.example', id, 1, [NEW])).toThrow(RangeError);
  });
});
