import type { Locale, OrderId } from '@ge/domain';
import { visibleText } from '../markup/visibleText.ts';
import { checkedUrl, writeMail } from './frame.ts';
import { type MailBlock, type MailContent, paragraph } from './mailDocument.ts';
import { formatCount, formatMoment } from './moment.ts';

export interface PendingOrder {
  readonly orderId: OrderId;
  readonly shipBy: Date;
}

export interface DeactivationFinishedMail {
  readonly sellerName: string;
  /** The seller's IANA zone; due dates are shown in it. */
  readonly timeZone: string;
  readonly deactivatedTemplates: number;
  /** All GE orders that are still to be shipped (R21), in any order. */
  readonly pendingOrders: readonly PendingOrder[];
  /** Where the seller sees the orders and buys labels. */
  readonly ordersUrl?: string | undefined;
}

/** Orders listed in one mail, the most urgent ones; the rest is counted. */
export const ORDERS_IN_MAIL = 200;

const words = {
  'en-US': {
    subject: 'Global Express is deactivated',
    subjectPending: 'Global Express is deactivated; you still have orders to ship',
    result: (templates: number) =>
      `Global Express was switched off in ${templates === 1 ? '1 shipping template' : `${formatCount(templates, 'en-US')} shipping templates`}. You will not receive new Global Express orders for them.`,
    none: 'You have no pending Global Express orders.',
    duty: 'The orders below were placed before and remain yours to ship. You can still buy their labels through Buy Shipping.',
    caption: (count: string) => `Pending Global Express orders: ${count}`,
    columns: ['Order', 'Ship by'],
    more: (count: string) => `… and ${count} more pending orders, due later.`,
    orders: 'See pending orders',
  },
  'zh-CN': {
    subject: '全球快递已停用',
    subjectPending: '全球快递已停用，您仍有待配送的订单',
    result: (templates: number) =>
      `已在 ${formatCount(templates, 'zh-CN')} 个配送模板中停用全球快递。这些模板将不再收到新的全球快递订单。`,
    none: '您没有待处理的全球快递订单。',
    duty: '以下订单在停用之前生成，您仍需负责配送。您仍可通过“购买配送”服务为其购买标签。',
    caption: (count: string) => `待处理的全球快递订单：${count}`,
    columns: ['订单', '最晚发货时间'],
    more: (count: string) => `……另有 ${count} 个期限更晚的待处理订单。`,
    orders: '查看待处理订单',
  },
} as const;

function orderBlocks(mail: DeactivationFinishedMail, locale: Locale): readonly MailBlock[] {
  const w = words[locale];
  const byUrgency = [...mail.pendingOrders].sort((a, b) => a.shipBy.getTime() - b.shipBy.getTime());
  const rest = byUrgency.length - ORDERS_IN_MAIL;
  return [
    paragraph(w.duty),
    {
      kind: 'table',
      caption: w.caption(formatCount(byUrgency.length, locale)),
      columns: w.columns,
      rows: byUrgency
        .slice(0, ORDERS_IN_MAIL)
        .map((order) => [visibleText(order.orderId), formatMoment(order.shipBy, locale, mail.timeZone)] as const),
    },
    ...(rest > 0 ? [paragraph(w.more(formatCount(rest, locale)))] : []),
    ...(mail.ordersUrl ? [{ kind: 'action', label: w.orders, url: checkedUrl(mail.ordersUrl) } as const] : []),
  ];
}

/** Tells the seller that deactivation is done and which orders remain the seller's duty, with due dates (R19–R21). */
export function deactivationFinishedMail(mail: DeactivationFinishedMail, locale: Locale): MailContent {
  const w = words[locale];
  const pending = mail.pendingOrders.length > 0;
  return writeMail(locale, {
    subject: pending ? w.subjectPending : w.subject,
    sellerName: mail.sellerName,
    reader: 'participant',
    blocks: [
      paragraph(w.result(mail.deactivatedTemplates)),
      ...(pending ? orderBlocks(mail, locale) : [paragraph(w.none)]),
    ],
  });
}
