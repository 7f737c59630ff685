import type { MailContent } from '../mail/mailDocument.ts';
import { wireAddress } from './mailAddress.ts';

/** One mail to one reader. One recipient only: so a mail is either accepted or not, never for some of its readers. */
export interface OutgoingMail {
  /** What the mail is for. Id and revision make the Message-ID, so a mail that is sent again has the same one. */
  readonly intent: { readonly id: string; readonly revision: number };
  readonly to: string;
  readonly content: MailContent;
  /** Becomes the Date header. */
  readonly date: Date;
  /** True where the reader did not ask for the mail (invitation, reminder): it then tells how to get no more of them. */
  readonly unsolicited?: boolean;
}

/** Why a mail was not even offered to the server. */
export interface MailDefect {
  readonly code: 'INVALID_RECIPIENT' | 'UNSAFE_HEADER' | 'INVALID_INTENT' | 'INVALID_DATE' | 'TOO_LARGE';
  readonly reason: string;
}

/** Characters of text and HTML together; what a mail program still shows whole is far below. */
const MAX_CONTENT_LENGTH = 1_000_000;
const MAX_SUBJECT_LENGTH = 250;

const INTENT_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** Finds what forbids sending: above all anything that could start a header line of its own. */
export function findDefect(mail: OutgoingMail): MailDefect | undefined {
  const { intent, content } = mail;
  if (!wireAddress(mail.to)) return { code: 'INVALID_RECIPIENT', reason: 'the recipient is not one plain address' };
  if (!INTENT_ID.test(intent.id) || !Number.isInteger(intent.revision) || intent.revision < 0)
    return { code: 'INVALID_INTENT', reason: 'the intent needs a plain id and a whole revision' };
  if (CONTROL.test(content.subject))
    return { code: 'UNSAFE_HEADER', reason: 'the subject contains a line break or control character' };
  if (content.locale !== 'zh-CN' && content.locale !== 'en-US')
    return { code: 'UNSAFE_HEADER', reason: 'the language is not one of the supported ones' };
  if (Number.isNaN(mail.date.getTime())) return { code: 'INVALID_DATE', reason: 'the date is not a date' };
  if (content.subject.length > MAX_SUBJECT_LENGTH)
    return { code: 'TOO_LARGE', reason: `the subject has more than ${MAX_SUBJECT_LENGTH} characters` };
  if (content.text.length + content.html.length > MAX_CONTENT_LENGTH)
    return { code: 'TOO_LARGE', reason: `the content has more than ${MAX_CONTENT_LENGTH} characters` };
  return undefined;
}

/** `<id.revision@domain>`: the same for every attempt at the same mail, so the reader's program shows it once. */
export const messageIdOf = (intent: OutgoingMail['intent'], domain: string): string =>
  `<${intent.id}.${intent.revision}@${domain}>`;
