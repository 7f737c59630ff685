import type { Locale } from '@ge/domain';
import { type BlockedTemplate, groupBlocked } from './blockedTemplates.ts';
import { checkedUrl, writeMail } from './frame.ts';
import { type MailBlock, type MailContent, paragraph } from './mailDocument.ts';
import { formatCount } from './moment.ts';

export interface EnrollmentFinishedMail {
  readonly sellerName: string;
  readonly enabledTemplates: number;
  /** SKUs that became exportable. */
  readonly exportableSkus: number;
  /** Empty when the enrollment ended `active`; with entries it ended `active_with_blocked`. */
  readonly blocked: readonly BlockedTemplate[];
  /** Where the seller sees the result of every template. */
  readonly statusUrl?: string | undefined;
}

/** Blocked templates named in one mail; mail programs cut longer ones, the rest is counted and linked. */
export const BLOCKED_IN_MAIL = 100;

const words = {
  'en-US': {
    finished: 'You are enrolled in Global Express',
    finishedBlocked: 'You are enrolled in Global Express; some templates need your attention',
    result: (templates: number, skus: string) =>
      `Global Express is enabled in ${templates === 1 ? '1 shipping template' : `${formatCount(templates, 'en-US')} shipping templates`}; ${skus === '1' ? '1 SKU' : `${skus} SKUs`} can be exported now.`,
    blocked: (count: number) =>
      `${count === 1 ? '1 shipping template is' : `${formatCount(count, 'en-US')} shipping templates are`} blocked. Nothing was changed there. Supply what is missing, then enable Global Express in the template:`,
    names: (names: readonly string[]) =>
      `${names.length === 1 ? 'Template' : 'Templates'} ${names.map((name) => `“${name}”`).join(', ')}`,
    remedy: 'What to do:',
    more: (count: string) => `… and ${count} more blocked templates.`,
    managed:
      'In an enabled template the program manages transit times and countries; you may adjust the shipping fee. To exclude destinations, use the Global Express region setting.',
    labels: 'Ship every Global Express order with a label bought through Buy Shipping; otherwise you are not paid.',
    status: 'See all templates',
  },
  'zh-CN': {
    finished: '您已加入全球快递计划',
    finishedBlocked: '您已加入全球快递计划，部分配送模板需要您处理',
    result: (templates: number, skus: string) =>
      `已在 ${formatCount(templates, 'zh-CN')} 个配送模板中启用全球快递，${skus} 个 SKU 现在可用于出口。`,
    blocked: (count: number) =>
      `${formatCount(count, 'zh-CN')} 个配送模板未能启用，其设置未作任何更改。请补充缺少的内容，然后在模板中启用全球快递：`,
    names: (names: readonly string[]) => `配送模板${names.map((name) => `“${name}”`).join('、')}`,
    remedy: '处理方法：',
    more: (count: string) => `……另有 ${count} 个未能启用的配送模板。`,
    managed:
      '在已启用全球快递的配送模板中，运输时间和国家/地区由计划管理，您可以调整运费。要排除目的地，请使用全球快递区域设置。',
    labels: '全球快递订单必须使用通过“购买配送”服务购买的标签发货，否则您将无法收到款项。',
    status: '查看所有模板',
  },
} as const;

function blockedBlocks(blocked: readonly BlockedTemplate[], locale: Locale): readonly MailBlock[] {
  const w = words[locale];
  const rest = blocked.length - BLOCKED_IN_MAIL;
  return [
    paragraph(w.blocked(blocked.length)),
    ...groupBlocked(blocked.slice(0, BLOCKED_IN_MAIL), locale).map(
      (group): MailBlock => ({
        kind: 'findings',
        title: w.names(group.names),
        findings: group.findings,
        remedyLabel: w.remedy,
      }),
    ),
    ...(rest > 0 ? [paragraph(w.more(formatCount(rest, locale)))] : []),
  ];
}

/** Tells the seller how the enrollment ended, each blocked template with everything it misses and the remedy (R3). */
export function enrollmentFinishedMail(mail: EnrollmentFinishedMail, locale: Locale): MailContent {
  const w = words[locale];
  const hasBlocked = mail.blocked.length > 0;
  return writeMail(locale, {
    subject: hasBlocked ? w.finishedBlocked : w.finished,
    sellerName: mail.sellerName,
    reader: 'participant',
    blocks: [
      paragraph(w.result(mail.enabledTemplates, formatCount(mail.exportableSkus, locale))),
      ...(hasBlocked ? blockedBlocks(mail.blocked, locale) : []),
      ...(mail.statusUrl ? [{ kind: 'action', label: w.status, url: checkedUrl(mail.statusUrl) } as const] : []),
      paragraph(w.managed),
      paragraph(w.labels),
    ],
  });
}
