import { findInvitation, findSeller, type InvitationRow, type SellerRow, type Transaction } from '@ge/database';
import {
  type EnrollmentLinkClaim,
  type EnrollmentSecrets,
  readEnrollmentClaim,
  verifyEnrollmentToken,
} from '@ge/mailer/enrollment-token';

export interface LinkedInvitation {
  readonly claim: EnrollmentLinkClaim;
  readonly invitation: InvitationRow;
  readonly seller: SellerRow;
}

/** What a link opens: null for a forged, damaged or unknown one. A link proves itself, so nothing is looked up for a bad one. */
export async function linkedInvitation(
  tx: Transaction,
  fields: Readonly<Record<string, unknown>>,
  secrets: EnrollmentSecrets,
): Promise<LinkedInvitation | null> {
  const claim = readEnrollmentClaim(fields);
  if (!claim || !verifyEnrollmentToken(claim, secrets)) return null;
  const invitation = await findInvitation(tx, claim.invitationId);
  const seller = invitation && (await findSeller(tx, invitation.sellerId));
  return seller ? { claim, invitation, seller } : null;
}

/** The claim as query or form fields. */
export const claimFields = ({ invitationId, revision, token }: EnrollmentLinkClaim): Record<string, string> => ({
  invitation: invitationId,
  revision: String(revision),
  token,
});
