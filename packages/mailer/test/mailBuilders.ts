import { type Refusal, refusalCatalogue } from '@ge/domain';
import { invitationMail } from '../src/mail/invitationMail.ts';
import { createMailer, type Mailer, type MailerOptions } from '../src/smtp/mailer.ts';
import type { OutgoingMail } from '../src/smtp/outgoingMail.ts';

export const RECIPIENT = 'mei.lin+ge@seller.example';

export const invitation = {
  sellerName: 'Mei Lin Trading',
  enrollmentUrl: 'https://export.example/programme/enroll?invitation=inv_1&revision=2&token=abc',
  expiresAt: new Date('2026-06-06T00:00:00Z'),
  timeZone: 'America/Los_Angeles',
};

export const outgoing = (change: Partial<OutgoingMail> = {}): OutgoingMail => ({
  intent: { id: 'inv_01HZX', revision: 2 },
  to: RECIPIENT,
  content: invitationMail(invitation, 'en-US'),
  date: new Date('2026-05-23T12:00:00Z'),
  ...change,
});

/** A mailer that closes at the end of the test. */
export function openMailer(smtpUrl: string, change: Partial<MailerOptions> = {}): Mailer & AsyncDisposable {
  const mailer = createMailer({ smtpUrl, from: 'Global Express <ge@mail.example>', ...change });
  return { ...mailer, [Symbol.asyncDispose]: () => mailer.close() };
}

/** Two refusals out of the programme's own catalogue, such as need neither parameters nor escaping to be shown. */
export const refusals: readonly Refusal[] = Object.entries(refusalCatalogue)
  .filter(([, texts]) => !/[{}<>&"']/.test(Object.values(texts).join()))
  .slice(0, 2)
  .map(([code, { rule }]) => ({ code, rule, field: '/generalAddress/line1', params: {}, severity: 'error' }));
