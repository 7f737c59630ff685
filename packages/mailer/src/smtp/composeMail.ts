import type { SendMailOptions } from 'nodemailer';
import type { Sender } from './mailAddress.ts';
import { messageIdOf, type OutgoingMail } from './outgoingMail.ts';

/**
 * The mail as the SMTP library takes it. `to` and `unsubscribe` are addresses that `wireAddress` let pass, and the mail
 * is one in which `findDefect` found nothing: no header below can be broken out of.
 */
export function composeMail(
  mail: OutgoingMail,
  to: string,
  sender: Sender,
  unsubscribe: string | undefined,
): SendMailOptions {
  return {
    from: { name: sender.name, address: sender.address },
    to: { name: '', address: to },
    envelope: { from: sender.address, to: [to] },
    messageId: messageIdOf(mail.intent, sender.domain),
    date: mail.date,
    subject: mail.content.subject,
    text: mail.content.text,
    html: mail.content.html,
    // With a boundary of its own a repeated mail is the same byte for byte.
    baseBoundary: `${mail.intent.id}-${mail.intent.revision}`.slice(-50),
    headers: {
      'Content-Language': mail.content.locale,
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    ...(mail.unsolicited && unsubscribe ? { list: { unsubscribe: `mailto:${unsubscribe}?subject=unsubscribe` } } : {}),
  };
}
