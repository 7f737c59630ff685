import type { Locale } from '@ge/domain';
import { visibleText } from '../markup/visibleText.ts';
import { writeMail } from './frame.ts';
import { type MailContent, paragraph } from './mailDocument.ts';

export interface InquiryDeniedMail {
  readonly sellerName: string;
  /** The operator's words. */
  readonly reason: string;
}

const words = {
  'en-US': {
    subject: 'Your inquiry about Global Express',
    result: 'Thank you for your interest in Global Express. We cannot invite your seller account at this time.',
    reason: 'Reason:',
    again: 'Your shipping templates are unchanged. When the reason no longer applies, you are welcome to ask again.',
  },
  'zh-CN': {
    subject: '关于您的全球快递咨询',
    result: '感谢您对全球快递计划的关注。我们目前无法邀请您的卖家账户加入该计划。',
    reason: '原因：',
    again: '您的配送模板未作任何更改。当上述原因不再适用时，欢迎您再次咨询。',
  },
} as const;

/** The answer to an inquiry that was not approved, with the operator's reason (R2). */
export function inquiryDeniedMail(mail: InquiryDeniedMail, locale: Locale): MailContent {
  const w = words[locale];
  return writeMail(locale, {
    subject: w.subject,
    sellerName: mail.sellerName,
    reader: 'inquirer',
    blocks: [
      paragraph(w.result),
      { kind: 'quotation', label: w.reason, text: visibleText(mail.reason, 2000) },
      paragraph(w.again),
    ],
  });
}
