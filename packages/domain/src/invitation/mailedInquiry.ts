import type { SellerId } from '../identity/ids.ts';
import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import { INQUIRY_MESSAGE_LIMIT } from './inquiry.ts';
import { invitationRefusals } from './invitationRefusals.ts';

/**
 * Whose inquiry a mail is (R2): that of the one seller who is known under the sender's address. A sender can be forged, so
 * a mail only ever opens a case; whatever is answered goes to the address the marketplace knows.
 */
export function senderOfInquiry(known: readonly SellerId[]): Decision<SellerId> {
  const [sellerId, ...others] = known;
  if (!sellerId) return refuse(invitationRefusals.refusal('inquiry.sender_unknown', '/from'));
  if (others.length > 0) return refuse(invitationRefusals.refusal('inquiry.sender_ambiguous', '/from'));
  return accept(sellerId);
}

/** What is kept of a mail's text: its beginning, as much as an inquiry may hold, never half a character. */
export const messageOfMail = (text: string): string =>
  text
    .trim()
    .slice(0, INQUIRY_MESSAGE_LIMIT)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
