import type { FeedCode } from './code.ts';

/** What becomes of a good row when it is applied; written by the workers, shown in the report. */
export const outcomeCodes = {
  '5000': {
    rule: 'R15',
    severity: 'warning',
    en: 'The update is identical to what is stored and was skipped.',
    zh: '更新内容与现有内容相同，已跳过。',
    remedyEn: 'Nothing to do.',
    remedyZh: '无需处理。',
  },
  'GE-15031': {
    rule: 'R15',
    severity: 'error',
    en: 'There is no shipping template of this name. Nearest names: {nearest}.',
    zh: '没有此名称的配送模板。相近的名称：{nearest}。',
    remedyEn: 'Use the name exactly as in the shipping settings, case included.',
    remedyZh: '请使用与配送设置中完全一致的名称（区分大小写）。',
  },
  'GE-15032': {
    rule: 'R15',
    severity: 'warning',
    en: 'The name is a former name of the template {name}; the row was applied to it.',
    zh: '该名称是模板 {name} 的旧名称；已按该模板处理。',
    remedyEn: 'Use the present name in later files.',
    remedyZh: '请在以后的文件中使用当前名称。',
  },
  'GE-15033': {
    rule: 'R14',
    severity: 'warning',
    en: 'A later row or change for the same SKU took the place of this one.',
    zh: '同一 SKU 的后续行或更改已取代此行。',
    remedyEn: 'Nothing to do if the later one is what you want.',
    remedyZh: '如后续更改符合您的意愿，则无需处理。',
  },
  'GE-15034': {
    rule: 'R15',
    severity: 'error',
    en: 'The row was not attempted.',
    zh: '该行未被处理。',
    remedyEn: 'Upload the row again.',
    remedyZh: '请重新上传该行。',
  },
  'GE-16001': {
    rule: 'R16',
    severity: 'error',
    en: 'The catalogue has no such SKU.',
    zh: '目录中没有此 SKU。',
    remedyEn: 'Check the SKU, or create the offer before assigning a template to it.',
    remedyZh: '请检查 SKU，或先创建商品再分配模板。',
  },
  'GE-18001': {
    rule: 'R18',
    severity: 'error',
    en: 'This is a Global Express order. It cannot be confirmed by a shipping confirmation file.',
    zh: '这是全球速递订单，无法通过上传确认发货文件来确认发货。',
    remedyEn:
      'Buy the label through Buy Shipping; that confirms the order by itself. An order shipped otherwise is not paid.',
    remedyZh: '请通过“购买配送”购买货件标签，订单将自动确认发货；以其他方式发货的订单无法获得付款。',
  },
} as const satisfies Record<string, FeedCode>;
