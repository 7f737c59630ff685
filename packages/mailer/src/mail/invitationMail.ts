import type { Locale } from '@ge/domain';
import { checkedUrl, writeMail } from './frame.ts';
import { type MailContent, paragraph } from './mailDocument.ts';
import { formatMoment } from './moment.ts';

export interface InvitationMail {
  readonly sellerName: string;
  /** From `enrollmentLink`. */
  readonly enrollmentUrl: string;
  readonly expiresAt: Date;
  /** The seller's IANA zone. */
  readonly timeZone: string;
}

const words = {
  'en-US': {
    invitation: 'Your invitation to Global Express',
    reminder: 'Reminder: your invitation to Global Express is still open',
    first:
      'Your seller account is eligible for Global Express, the end-to-end export program: you list, sell and ship from your warehouse in the United States, and customers in more than 100 countries can buy.',
    again: 'Some days ago we invited your seller account to Global Express. The invitation is still open.',
    whatHappens: 'What happens when you press Enroll on the program page:',
    effects: [
      'Global Express shipping settings are activated in all your shipping templates. You see the effect on each template before you decide.',
      'The SKUs assigned to an enabled template can be exported at once. You may keep single products out.',
      'Labels for Global Express orders are bought through Buy Shipping. Import fee deposits are collected and paid for you.',
    ],
    open: 'See the program page',
    until: (when: string) =>
      `The link is valid until ${when}. It works for your account only; please do not forward it.`,
    nothing: 'Opening the page changes nothing. If you do not want to join, you need not do anything.',
  },
  'zh-CN': {
    invitation: '邀请您加入全球快递计划',
    reminder: '提醒：您的全球快递邀请仍然有效',
    first:
      '您的卖家账户符合全球快递的要求。全球快递是一项端对端全球出口计划：您从美国的库房上架、销售和发货，100 多个国家/地区的买家即可购买您的商品。',
    again: '我们几天前邀请您的卖家账户加入全球快递计划，该邀请仍然有效。',
    whatHappens: '在计划页面点击【注册】后：',
    effects: [
      '系统将在您所有的配送模板中激活全球快递配送设置。您可以在决定之前查看对每个模板的影响。',
      '分配到已启用全球快递的配送模板的 SKU 将立即可用于出口。您可以将个别商品排除在外。',
      '全球快递订单的配送标签通过“购买配送”服务购买。进口费用押金由平台代为收取和支付。',
    ],
    open: '查看计划页面',
    until: (when: string) => `此链接有效期至 ${when}，仅适用于您的账户，请勿转发。`,
    nothing: '打开页面不会更改任何设置。如果您不想加入，则无需任何操作。',
  },
} as const;

function write(mail: InvitationMail, locale: Locale, kind: 'invitation' | 'reminder'): MailContent {
  const w = words[locale];
  return writeMail(locale, {
    subject: w[kind],
    sellerName: mail.sellerName,
    reader: 'invitee',
    blocks: [
      paragraph(kind === 'invitation' ? w.first : w.again),
      paragraph(w.whatHappens),
      { kind: 'list', items: w.effects },
      { kind: 'action', label: w.open, url: checkedUrl(mail.enrollmentUrl) },
      paragraph(w.until(formatMoment(mail.expiresAt, locale, mail.timeZone))),
      paragraph(w.nothing),
    ],
  });
}

/** The mail that carries the enrollment link (R1). */
export const invitationMail = (mail: InvitationMail, locale: Locale): MailContent => write(mail, locale, 'invitation');

/** The one reminder, after 7 days; the same link again (R1). */
export const invitationReminderMail = (mail: InvitationMail, locale: Locale): MailContent =>
  write(mail, locale, 'reminder');
