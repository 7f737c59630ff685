import { defineRefusals } from '../refusal/refusal.ts';

/** Why it cannot be said whether a shipment needs an export filing (R5), or why its proof does not stand. */
export const exportFilingRefusals = defineRefusals({
  'export_filing.hs_code': {
    rule: 'R5',
    en: 'The line has no usable Schedule B or HS code.',
    zh: '该订单行没有可用的 Schedule B 或 HS 编码。',
    remedyEn: 'Send 6 to 10 digits for the product.',
    remedyZh: '请为该商品提供 6 至 10 位编码。',
  },
  'export_filing.quantity': {
    rule: 'R5',
    en: 'The quantity is not a whole number of at least one.',
    zh: '数量不是不小于 1 的整数。',
    remedyEn: 'Send how many items the line ships.',
    remedyZh: '请提供该行发货的商品数量。',
  },
  'export_filing.value': {
    rule: 'R5',
    en: 'The value of the line is not an amount in USD.',
    zh: '该订单行的价值不是 USD 金额。',
    remedyEn: 'Send the value of one item in USD.',
    remedyZh: '请以 USD 提供单件商品的价值。',
  },
  'export_filing.required': {
    rule: 'R5',
    en: 'Goods under {scheduleB} are worth {value}, above 2,500.00 USD; the export must be filed first.',
    zh: '编码 {scheduleB} 下的货物价值 {value}，超过 2,500.00 USD；出口前必须先申报。',
    remedyEn: 'File in the Automated Export System and give the ITN: X and 14 digits.',
    remedyZh: '请在自动出口系统（AES）申报，并提供 ITN：X 加 14 位数字。',
  },
  'export_filing.licensed': {
    rule: 'R5',
    en: 'The shipment must be filed whatever its value: it is licensed, or its destination is controlled.',
    zh: '该货件无论价值多少都必须申报：它需要许可证，或其目的地受管制。',
    remedyEn: 'File in the Automated Export System and give the ITN: X and 14 digits.',
    remedyZh: '请在自动出口系统（AES）申报，并提供 ITN：X 加 14 位数字。',
  },
  'export_filing.itn_malformed': {
    rule: 'R5',
    en: 'The ITN is not X and 14 digits.',
    zh: 'ITN 不是 X 加 14 位数字。',
    remedyEn: 'Copy it from the answer of the Automated Export System.',
    remedyZh: '请从自动出口系统的回复中复制。',
  },
});
