import type { Locale } from '@ge/domain';
import { visibleText } from '../markup/visibleText.ts';
import type { MailBlock, MailContent } from './mailDocument.ts';
import { writeHtml } from './writeHtml.ts';
import { writeText } from './writeText.ts';

const NAME_LIMIT = 80;

/** A seller's or template's name as it may stand in a sentence. */
export const shownName = (name: string): string => visibleText(name, NAME_LIMIT);

const framing = {
  'en-US': {
    greeting: (name: string) => (name ? `Hello ${name},` : 'Hello,'),
    signature: 'The Global Express team',
    invitee:
      'You receive this e-mail because your seller account is eligible for Global Express. It was sent automatically.',
    participant:
      'You receive this e-mail because your seller account takes part in Global Express. It was sent automatically.',
    inquirer: 'You receive this e-mail because you asked about joining Global Express. It was sent automatically.',
  },
  'zh-CN': {
    greeting: (name: string) => (name ? `${name}，您好：` : '您好：'),
    signature: '全球快递团队',
    invitee: '您收到此邮件是因为您的卖家账户符合全球快递计划的要求。此邮件由系统自动发送。',
    participant: '您收到此邮件是因为您的卖家账户参加了全球快递计划。此邮件由系统自动发送。',
    inquirer: '您收到此邮件是因为您曾咨询加入全球快递计划。此邮件由系统自动发送。',
  },
} as const;

export interface Frame {
  readonly subject: string;
  readonly sellerName: string;
  readonly reader: 'invitee' | 'participant' | 'inquirer';
  readonly blocks: readonly MailBlock[];
}

/** Puts greeting, signature and small print around the blocks and writes both alternatives. */
export function writeMail(locale: Locale, frame: Frame): MailContent {
  const words = framing[locale];
  const document = {
    locale,
    subject: frame.subject,
    greeting: words.greeting(shownName(frame.sellerName)),
    blocks: frame.blocks,
    signature: words.signature,
    footnote: words[frame.reader],
  };
  return { locale, subject: frame.subject, text: writeText(document), html: writeHtml(document) };
}

/** Only http(s) may become a link. Throws RangeError: a link is made by this system, a wrong one is a fault in it. */
export function checkedUrl(url: string): string {
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')
    throw new RangeError('a mail may only link to http(s)');
  return parsed.href;
}
