import type { MailRow } from '@ge/database';
import { isInvitationOpen } from '@ge/domain';
import {
  deactivationFinishedMail,
  enrollmentFinishedMail,
  enrollmentLink,
  inquiryDeniedMail,
  invitationMail,
  invitationReminderMail,
  type MailContent,
  type OutgoingMail,
} from '@ge/mailer';
import type { LinkSettings } from './config.ts';
import type { MailRows } from './mailRows.ts';

const isInvitation = ({ kind }: MailRow) => kind === 'invitation' || kind === 'invitation-reminder';

/** Why a mail that is owed must not go out any more, or null: its invitation has ended or got another link meanwhile (R1). */
export function pointlessBecause(mail: MailRow, { invitation }: MailRows, now: Date): string | null {
  if (!isInvitation(mail)) return null;
  if (!invitation) return 'there is no such invitation';
  if (invitation.revision !== mail.revision) return 'the invitation was reissued';
  if (isInvitationOpen(invitation, now)) return null;
  return invitation.state === 'open' ? 'the invitation has expired' : `the invitation is ${invitation.state}`;
}

/** The mail in the seller's language. Links are made here and kept nowhere. */
function contentOf(mail: MailRow, rows: MailRows, links: LinkSettings): MailContent {
  const { seller, invitation, blocked, pendingOrders } = rows;
  const { locale, timeZone, name: sellerName } = seller;
  const number = (name: string) => Number(mail.params[name] ?? 0);
  switch (mail.kind) {
    case 'invitation':
    case 'invitation-reminder': {
      const { id, expiresAt } = invitation!;
      const enrollmentUrl = enrollmentLink(links.publicUrl, id, mail.revision, links.secrets);
      const write = mail.kind === 'invitation' ? invitationMail : invitationReminderMail;
      return write({ sellerName, enrollmentUrl, expiresAt, timeZone }, locale);
    }
    case 'enrollment-finished':
    case 'enrollment-blocked': {
      const numbers = { enabledTemplates: number('enabledTemplates'), exportableSkus: number('exportableSkus') };
      return enrollmentFinishedMail({ sellerName, ...numbers, blocked }, locale);
    }
    case 'deactivation-finished': {
      const deactivatedTemplates = number('deactivatedTemplates');
      return deactivationFinishedMail({ sellerName, timeZone, deactivatedTemplates, pendingOrders }, locale);
    }
    case 'inquiry-denied':
      return inquiryDeniedMail({ sellerName, reason: rows.inquiryReason ?? '' }, locale);
  }
}

/** Writes the mail as it goes to the mail server; a repeat has the same Message-ID and date. */
export const writeMail = (mail: MailRow, rows: MailRows, links: LinkSettings): OutgoingMail => ({
  intent: { id: mail.id, revision: mail.revision },
  to: rows.seller.email,
  content: contentOf(mail, rows, links),
  date: mail.createdAt,
  unsolicited: isInvitation(mail),
});
