import type { Locale } from '@ge/domain';

const plural = (count: string, one: string, many: string): string => `${count} ${count === '1' ? one : many}`;

const english = {
  programme: 'Global Express',
  skip: 'Skip to content',
  languages: 'Language',
  seller: (name: string) => `For ${name}`,
  invited: {
    title: 'Join Global Express',
    lead: 'Global Express is an end-to-end export program: you list, sell and ship from your warehouse in the United States, and customers in more than 100 countries can buy.',
    until: (when: string) => `Your invitation is valid until ${when}.`,
    effectsTitle: 'What Enroll does',
    effects: [
      'Shipping region automation and Global Express are switched on in all your shipping templates. Your general shipping address is taken as ship-from where none is chosen, and the international shipping fee is filled in; you may change the fee.',
      'The SKUs assigned to an enabled template can be exported at once. The program screens which products are eligible for which destination.',
      'In an enabled template the program manages transit times and countries. You exclude destinations in the Global Express region setting.',
      'Every Global Express order must be shipped with a label bought through Buy Shipping; otherwise it is not paid.',
      'You can deactivate Global Express at any time. Orders placed before remain yours to ship.',
    ],
    previewTitle: 'What will happen to each template',
    totals: (templates: string, blocked: string, skus: string) =>
      `${plural(templates, 'template', 'templates')}, of which ${blocked} blocked; ${plural(skus, 'SKU', 'SKUs')} would become exportable.`,
    none: 'You have no shipping template yet. Create one first; Global Express is then enabled in it by hand.',
    verdict: { would_enable: 'Will be enabled', already_enabled: 'Already enabled', blocked: 'Blocked' },
    blockedNote:
      'Blocked templates stay as they are. You can supply what is missing first and open this page again, or enroll now and enable them later.',
    enroll: 'Enroll',
    enrollNote: 'Opening this page has changed nothing. Pressing Enroll uses up the invitation.',
  },
  progress: {
    title: {
      propagating: 'Enrolling your templates',
      active: 'You are enrolled in Global Express',
      active_with_blocked: 'You are enrolled; some templates are blocked',
    },
    done: (done: string, templates: string, blocked: string) =>
      `${done} of ${plural(templates, 'template', 'templates')} done, ${blocked} blocked.`,
    skus: (skus: string) => `${plural(skus, 'SKU', 'SKUs')} can be exported now.`,
    bar: 'Templates done',
    refresh: 'This page keeps itself up to date. You may close it; you get an e-mail when everything is done.',
    blockedNote: 'Supply what is missing, then enable Global Express in the template yourself.',
    tableTitle: 'Result of each template',
    state: { waiting: 'Waiting', enabled: 'Enabled', blocked: 'Blocked', off: 'Not enabled' },
  },
  table: { template: 'Template', result: 'Result', skus: 'SKUs', remedy: 'What to do:' },
  more: (shown: string, all: string) => `The first ${shown} of ${all} templates are shown.`,
  closed: {
    expired: {
      title: 'This invitation has expired',
      text: 'An invitation is valid for 14 days. Nothing was changed in your account.',
    },
    revoked: {
      title: 'This invitation was withdrawn',
      text: 'The link no longer opens the program. If you have received a newer e-mail, use the link in it.',
    },
    already_used: {
      title: 'This invitation has already been used',
      text: 'Enroll was pressed with this link before. You need not do it again.',
    },
    unknown: {
      title: 'This link does not open an invitation',
      text: 'Part of the link may be missing. Open it from the e-mail again, or copy the whole of it.',
    },
  },
  refused: { title: 'Enrolling is not possible', text: 'Nothing was changed in your account. The reasons:' },
  inquiry: 'Ask for an invitation',
  toProgress: 'See the result',
};

export type PageWords = typeof english;

const chinese: PageWords = {
  programme: '全球快递',
  skip: '跳到主要内容',
  languages: '语言',
  seller: (name) => `卖家：${name}`,
  invited: {
    title: '加入全球快递计划',
    lead: '全球快递是一项端对端全球出口计划：您从美国的库房上架、销售和发货，100 多个国家/地区的买家即可购买您的商品。',
    until: (when) => `您的邀请有效期至 ${when}。`,
    effectsTitle: '点击【注册】后',
    effects: [
      '系统将在您所有的配送模板中打开配送区域自动化并启用全球快递。未选择发货地址的模板将使用您的通用配送地址；国际运费由系统预先填入，您可以更改。',
      '分配到已启用全球快递的配送模板的 SKU 将立即可用于出口。计划会筛选哪些商品可以销往哪些目的地。',
      '在已启用全球快递的配送模板中，运输时间和国家/地区由计划管理。您可以在全球快递区域设置中排除目的地。',
      '每个全球快递订单都必须使用通过“购买配送”服务购买的标签发货，否则您将无法收到款项。',
      '您可以随时停用全球快递。停用之前生成的订单仍需由您负责配送。',
    ],
    previewTitle: '对每个配送模板的影响',
    totals: (templates, blocked, skus) =>
      `共 ${templates} 个配送模板，其中 ${blocked} 个无法启用；${skus} 个 SKU 将可用于出口。`,
    none: '您还没有配送模板。请先新建配送模板，然后在模板中手动启用全球快递。',
    verdict: { would_enable: '将启用', already_enabled: '已启用', blocked: '无法启用' },
    blockedNote:
      '无法启用的配送模板将保持不变。您可以先补充缺少的内容再打开此页面，也可以现在注册，稍后再启用这些模板。',
    enroll: '注册',
    enrollNote: '打开此页面不会更改任何设置。点击【注册】后，该邀请即被使用。',
  },
  progress: {
    title: {
      propagating: '正在为您的配送模板启用全球快递',
      active: '您已加入全球快递计划',
      active_with_blocked: '您已加入全球快递计划，部分配送模板未能启用',
    },
    done: (done, templates, blocked) => `已处理 ${done} / ${templates} 个配送模板，其中 ${blocked} 个未能启用。`,
    skus: (skus) => `${skus} 个 SKU 现在可用于出口。`,
    bar: '已处理的配送模板',
    refresh: '此页面会自动更新。您可以关闭页面，全部完成后您将收到电子邮件。',
    blockedNote: '请补充缺少的内容，然后在配送模板中自行启用全球快递。',
    tableTitle: '每个配送模板的结果',
    state: { waiting: '等待处理', enabled: '已启用', blocked: '未能启用', off: '未启用' },
  },
  table: { template: '配送模板', result: '结果', skus: 'SKU 数量', remedy: '处理方法：' },
  more: (shown, all) => `显示 ${all} 个配送模板中的前 ${shown} 个。`,
  closed: {
    expired: { title: '该邀请已过期', text: '邀请的有效期为 14 天。您的账户未作任何更改。' },
    revoked: { title: '该邀请已被撤回', text: '此链接已失效。如果您收到了更新的电子邮件，请使用其中的链接。' },
    already_used: { title: '该邀请已被使用', text: '之前已通过此链接点击【注册】，您无需再次操作。' },
    unknown: { title: '此链接未对应任何邀请', text: '链接可能不完整。请重新从电子邮件中打开，或复制完整的链接。' },
  },
  refused: { title: '无法注册', text: '您的账户未作任何更改。原因如下：' },
  inquiry: '申请邀请',
  toProgress: '查看结果',
};

/** The page's sentences; the Chinese table must have every entry of the English one, the compiler checks it. */
export const pageWords: Readonly<Record<Locale, PageWords>> = { 'en-US': english, 'zh-CN': chinese };
