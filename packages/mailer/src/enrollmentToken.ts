import { createHmac, timingSafeEqual } from 'node:crypto';
import type { InvitationId } from '@ge/domain';

/** What an enrollment link carries (R1). */
export interface EnrollmentLinkClaim {
  readonly invitationId: InvitationId;
  readonly revision: number;
  readonly token: string;
}

/** The newest secret first; it signs. The others still verify, until links signed with them have expired. */
export type EnrollmentSecrets = readonly [string, ...string[]];

/** Bytes of a secret below which an HMAC-SHA-256 key is too weak to sign with. */
export const MIN_SECRET_BYTES = 32;

const INVITATION_ID = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

const isRevision = (revision: number): boolean =>
  Number.isInteger(revision) && revision >= 0 && revision <= 2 ** 31 - 1;

function checkSecrets(secrets: EnrollmentSecrets): void {
  if (secrets.length === 0 || secrets.some((secret) => Buffer.byteLength(secret) < MIN_SECRET_BYTES))
    throw new RangeError(`every enrollment secret needs at least ${MIN_SECRET_BYTES} bytes`);
}

// The purpose in front keeps a signature made for enrollment from being of use anywhere else the secret may serve.
const digest = (invitationId: string, revision: number, secret: string): Buffer =>
  createHmac('sha256', secret).update(`ge.enrollment.v1\n${invitationId}\n${revision}`).digest();

/**
 * The token of an enrollment link: HMAC-SHA-256 over invitation id and revision, base64url (43 characters) (R1).
 * The same arguments always give the same token, so a retry or a reminder rebuilds the link and nothing secret is stored.
 * Throws RangeError for a malformed id or revision or a weak secret.
 */
export function enrollmentToken(invitationId: InvitationId, revision: number, secrets: EnrollmentSecrets): string {
  checkSecrets(secrets);
  if (!INVITATION_ID.test(invitationId) || !isRevision(revision)) throw new RangeError('malformed invitation');
  return digest(invitationId, revision, secrets[0]).toString('base64url');
}

/**
 * True when the token was made for this invitation and revision with one of the secrets. Compares in constant time and
 * tries every secret. Whether the invitation is open and the revision current is the domain's question, not this one's.
 */
export function verifyEnrollmentToken(claim: EnrollmentLinkClaim, secrets: EnrollmentSecrets): boolean {
  checkSecrets(secrets);
  if (!INVITATION_ID.test(claim.invitationId) || !isRevision(claim.revision) || !TOKEN.test(claim.token)) return false;
  const given = Buffer.from(claim.token, 'base64url');
  // 43 base64url characters carry two bits more than 32 bytes; a token that uses them is a second spelling and refused.
  if (given.length !== 32 || given.toString('base64url') !== claim.token) return false;
  let valid = false;
  for (const secret of secrets) {
    const same = timingSafeEqual(given, digest(claim.invitationId, claim.revision, secret));
    valid = valid || same;
  }
  return valid;
}

/** Where the programme page lives below the public base URL. */
export const ENROLLMENT_PATH = '/programme/enroll';

/**
 * The link that goes into the mail: `<baseUrl>/programme/enroll?invitation=…&revision=…&token=…`.
 * Throws when `baseUrl` is not http(s) or carries credentials, a query or a fragment.
 */
export function enrollmentLink(
  baseUrl: string,
  invitationId: InvitationId,
  revision: number,
  secrets: EnrollmentSecrets,
): string {
  const base = new URL(baseUrl);
  if (!/^https?:$/.test(base.protocol) || base.username || base.password || base.search || base.hash)
    throw new RangeError('the public base URL must be a plain http(s) address');
  base.pathname = base.pathname.replace(/\/+$/, '') + ENROLLMENT_PATH;
  base.search = new URLSearchParams({
    invitation: invitationId,
    revision: String(revision),
    token: enrollmentToken(invitationId, revision, secrets),
  }).toString();
  return base.href;
}

/** Reads the claim out of a query or a form; undefined when a part is missing, repeated or malformed. */
export function readEnrollmentClaim(fields: Readonly<Record<string, unknown>>): EnrollmentLinkClaim | undefined {
  const { invitation, revision, token } = fields;
  if (typeof invitation !== 'string' || typeof revision !== 'string' || typeof token !== 'string') return undefined;
  if (!INVITATION_ID.test(invitation) || !/^(0|[1-9]\d{0,9})$/.test(revision) || !TOKEN.test(token)) return undefined;
  if (!isRevision(Number(revision))) return undefined;
  return { invitationId: invitation as InvitationId, revision: Number(revision), token };
}
